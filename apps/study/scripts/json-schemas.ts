import path from 'node:path'
import ts from 'typescript'

const dialect = 'https://json-schema.org/draft/2020-12/schema'

/** A JSON Schema. */
type Schema = Readonly<Record<string, unknown>>

/** The JSON Schema of what each command prints with `--json`, made from the types that the commands have. */
export function jsonSchemas(folder: string): Map<string, Schema> {
  const { config } = ts.readConfigFile(path.join(folder, 'tsconfig.json'), (file) => ts.sys.readFile(file)) as { config: unknown }
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, folder)
  const entry = path.join(folder, 'src/documents.ts')
  const program = ts.createProgram([entry], { ...options, noEmit: true, incremental: false, composite: false })
  const checker = program.getTypeChecker()
  const source = program.getSourceFile(entry)
  if (source === undefined) throw new Error(`${entry} is missing`)
  const documents = source.statements.find(
    (statement): statement is ts.InterfaceDeclaration => ts.isInterfaceDeclaration(statement) && statement.name.text === 'Documents',
  )
  if (documents === undefined) throw new Error(`${entry} declares no Documents`)
  return new Map(
    checker.getPropertiesOfType(checker.getTypeAtLocation(documents)).map((property) => {
      const { schema, definitions } = schemaOfDocument(checker.getTypeOfSymbol(property), checker)
      const named = [...definitions].sort(([a], [b]) => (a < b ? -1 : 1))
      return [
        property.name,
        {
          $schema: dialect,
          title: `study ${property.name} --json`,
          ...schema,
          ...(named.length === 0 ? {} : { $defs: Object.fromEntries(named) }),
        },
      ]
    }),
  )
}

function schemaOfDocument(document: ts.Type, checker: ts.TypeChecker): { schema: Schema; definitions: Map<string, Schema> } {
  const definitions = new Map<string, Schema>()
  const nameOf = new Map<ts.Type, string>()

  const describe = (symbol: ts.Symbol | undefined): Schema => {
    const text = ts
      .displayPartsToString(symbol?.getDocumentationComment(checker))
      .replace(/\{@link (\w+)\}/g, '$1')
      .replace(/\s+/g, ' ')
      .trim()
    return text === '' ? {} : { description: text }
  }

  /** Named types become definitions, so that one may hold itself and each is described once. */
  const named = (type: ts.Type): Schema => {
    const known = nameOf.get(type)
    if (known !== undefined) return { $ref: `#/$defs/${known}` }
    const symbol = type.aliasSymbol ?? type.getSymbol()
    const isNamed =
      symbol !== undefined &&
      /^[A-Z]/.test(symbol.name) &&
      (type.flags & ts.TypeFlags.Object) !== 0 &&
      !checker.isArrayType(type) &&
      !checker.isTupleType(type)
    if (!isNamed || /^(Record|Readonly|Partial|Omit|Pick)$/.test(symbol.name)) return schemaOf(type)
    let name = symbol.name
    for (let i = 2; definitions.has(name); i++) name = `${symbol.name}${i}`
    nameOf.set(type, name)
    definitions.set(name, {})
    definitions.set(name, { ...describe(symbol), ...schemaOf(type) })
    return { $ref: `#/$defs/${name}` }
  }

  const schemaOf = (type: ts.Type): Schema => {
    const { flags } = type
    if (flags & ts.TypeFlags.Null) return { type: 'null' }
    if (flags & ts.TypeFlags.BooleanLiteral) return { const: checker.typeToString(type) === 'true' }
    if (type.isStringLiteral() || type.isNumberLiteral()) return { const: type.value }
    if (flags & ts.TypeFlags.String || flags & ts.TypeFlags.TemplateLiteral) return { type: 'string' }
    if (flags & ts.TypeFlags.Number) return { type: 'number' }
    if (flags & ts.TypeFlags.Boolean) return { type: 'boolean' }
    if (type.isUnion()) return union(type)
    // A branded text is still a text.
    if (type.isIntersection() && type.types.some((part) => part.flags & ts.TypeFlags.StringLike)) return { type: 'string' }
    if (checker.isTupleType(type)) {
      const items = checker.getTypeArguments(type as ts.TypeReference)
      return { type: 'array', prefixItems: items.map(named), minItems: items.length, maxItems: items.length }
    }
    if (checker.isArrayType(type)) {
      const [item] = checker.getTypeArguments(type as ts.TypeReference)
      return { type: 'array', items: item === undefined ? {} : named(item) }
    }
    if (flags & ts.TypeFlags.Object || type.isIntersection()) return object(type)
    return {}
  }

  const union = (type: ts.UnionType): Schema => {
    const parts = type.types.filter((part) => !(part.flags & ts.TypeFlags.Undefined))
    const literals = parts.filter((part) => part.isStringLiteral() || part.isNumberLiteral()).map((part) => part.value)
    const booleans = parts.filter((part) => part.flags & ts.TypeFlags.BooleanLiteral)
    const others = parts.filter((part) => !part.isStringLiteral() && !part.isNumberLiteral() && !(part.flags & ts.TypeFlags.BooleanLiteral))
    const choices = [
      ...(literals.length === 0 ? [] : [literals.length === 1 ? { const: literals[0] } : { enum: literals }]),
      ...(booleans.length === 2 ? [{ type: 'boolean' }] : booleans.map(schemaOf)),
      ...others.map(named),
    ]
    return choices.length === 1 ? (choices[0] as Schema) : { anyOf: choices }
  }

  const object = (type: ts.Type): Schema => {
    const properties: Record<string, Schema> = {}
    const required: string[] = []
    for (const property of checker.getPropertiesOfType(type)) {
      const propertyType = checker.getTypeOfSymbol(property)
      if (propertyType.getCallSignatures().length > 0) continue
      properties[property.name] = { ...describe(property), ...named(propertyType) }
      const isOptional =
        (property.flags & ts.SymbolFlags.Optional) !== 0 ||
        (propertyType.isUnion() && propertyType.types.some((part) => part.flags & ts.TypeFlags.Undefined))
      if (!isOptional) required.push(property.name)
    }
    const index = checker.getIndexInfoOfType(type, ts.IndexKind.String)
    return {
      type: 'object',
      ...(Object.keys(properties).length === 0 ? {} : { properties }),
      ...(required.length === 0 ? {} : { required }),
      ...(index === undefined ? {} : { additionalProperties: named(index.type) }),
    }
  }

  return { schema: named(document), definitions }
}
