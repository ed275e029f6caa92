import { type Command } from 'commander'

/** Adds the option that names a study's config. */
export function withConfig(command: Command): Command {
  return command.option('--config <file>', 'what the study declares: questionnaire, groups, family, thresholds (study init writes one)')
}
