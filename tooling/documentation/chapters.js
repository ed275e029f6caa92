import { Comment, CommentTag, ReflectionKind } from 'typedoc'

/** Sorts the members of a package whose sources stand in folders, one a chapter, into these chapters. */
export function sortIntoChapters(project) {
  for (const module of project.getReflectionsByKind(ReflectionKind.SomeModule)) {
    for (const member of module.children ?? []) {
      const [, chapter] = /^packages\/stats\/src\/([^/]+)\//.exec(member.sources?.[0]?.fileName ?? '') ?? []
      if (chapter === undefined || !['index', 'exact'].includes(module.name)) continue
      const title = chapter[0].toUpperCase() + chapter.slice(1).replaceAll('-', ' ')
      member.comment ??= new Comment()
      member.comment.blockTags.push(new CommentTag('@category', [{ kind: 'text', text: title }]))
    }
  }
}
