/** The verbs, their flags and help. What a verb does is in `commands/`, loaded when it is needed. */
import { version } from '@navarch/cluster/version';
import { Command, CommanderError, Option } from 'commander';
import { auditFlags } from './audit-flags.ts';
import { UsageError } from './failure.ts';
import {
  componentFlags,
  type Flag,
  type FlagValues,
  logFlags,
  nodeFlags,
  serverFlags,
} from './flags.ts';

/** What a verb may know of the process that runs it. */
export interface Invocation {
  readonly startedAtMs: number;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

interface Verb {
  readonly name: string;
  readonly help: string;
  readonly flags: readonly Flag[];
  readonly run: (values: FlagValues, invocation: Invocation) => Promise<void>;
}

const verbs: readonly Verb[] = [
  {
    name: 'up',
    help: 'run a whole control plane with simulated nodes in this process',
    flags: [...nodeFlags, ...serverFlags, ...auditFlags, ...logFlags],
    run: async (values, invocation) => (await import('./commands/up.ts')).up(values, invocation),
  },
  {
    name: 'apiserver',
    help: 'run the API server alone, as kube-apiserver does',
    flags: [...serverFlags, ...auditFlags, ...logFlags],
    run: async (values, invocation) =>
      (await import('./commands/apiserver.ts')).apiserver(values, invocation),
  },
  {
    name: 'scheduler',
    help: 'run the scheduler alone, against any API server',
    flags: [...componentFlags, ...logFlags],
    run: async (values, invocation) =>
      (await import('./commands/components.ts')).scheduler(values, invocation),
  },
  {
    name: 'controller-manager',
    help: 'run the controllers alone, against any API server',
    flags: [...componentFlags, ...logFlags],
    run: async (values, invocation) =>
      (await import('./commands/components.ts')).controllerManager(values, invocation),
  },
  {
    name: 'kubelet',
    help: 'run simulated nodes alone, against any API server',
    flags: [
      ...nodeFlags,
      ...componentFlags.filter((flag) => flag.name === 'kubeconfig'),
      ...logFlags,
    ],
    run: async (values, invocation) =>
      (await import('./commands/components.ts')).kubelet(values, invocation),
  },
  {
    name: 'version',
    help: 'print the version',
    flags: [],
    run: async () => (await import('./commands/version.ts')).version(),
  },
  {
    name: 'completion',
    help: 'print a completion script for bash',
    flags: [],
    run: async () => (await import('./commands/completion.ts')).completion(verbs),
  },
];

export function createProgram(invocation: Invocation): Command {
  const program = new Command('navarch')
    .description('A Kubernetes control plane in one process.')
    .enablePositionalOptions()
    .exitOverride()
    .showSuggestionAfterError()
    .version(version, '--version', 'print the version')
    .addHelpText('after', '\nStart here:  navarch up\n');
  program.configureOutput({ outputError: () => undefined }); // Errors are printed once, by main.
  for (const verb of verbs) program.addCommand(createCommand(verb, invocation));
  program.helpCommand(false).addCommand(createHelp(program)); // Commander's own answers a wrong name with a page.
  return withUsageErrors(program);
}

function createHelp(program: Command): Command {
  return new Command('help')
    .description('print help, also about one command')
    .argument('[command]')
    .helpOption(false)
    .exitOverride()
    .configureOutput({ outputError: () => undefined })
    .action((name: string | undefined) => {
      const about = name === undefined ? program : program.commands.find((c) => c.name() === name);
      if (!about) throw new UsageError(`unknown command '${name}'; see navarch --help`);
      about.outputHelp();
    });
}

function createCommand(verb: Verb, invocation: Invocation): Command {
  const command = new Command(verb.name)
    .description(verb.help)
    .exitOverride()
    .allowExcessArguments(false);
  command.configureOutput({ outputError: () => undefined });
  for (const flag of verb.flags) command.addOption(createOption(flag));
  command.action(async (options: Record<string, string | undefined>) => {
    const values = Object.fromEntries(
      verb.flags.map((flag) => [flag.name, options[camelCase(flag.name)]]),
    );
    await verb.run(values, invocation);
  });
  return command;
}

function createOption(flag: Flag): Option {
  // `-v LEVEL` is the one short flag, as in upstream's components.
  const spelled = flag.name === 'v' ? '-v, --v' : `--${flag.name}`;
  const option = new Option(flag.value ? `${spelled} <${flag.value}>` : spelled, flag.help);
  return flag.default === undefined ? option : option.default(flag.default);
}

function camelCase(name: string): string {
  return name.replaceAll(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
}

/** Commander throws for help as well as for mistakes; only mistakes are errors. */
function withUsageErrors(program: Command): Command {
  const parse = program.parseAsync.bind(program);
  program.parseAsync = async (argv, options) => {
    try {
      return await parse(argv, options);
    } catch (error) {
      if (!(error instanceof CommanderError)) throw error;
      if (error.exitCode === 0) return program;
      if (error.code === 'commander.help')
        throw new UsageError('say what to do, such as: navarch up');
      throw new UsageError(
        `${error.message.replace(/^error: |\.$/g, '').replaceAll('\n', ' ')}; see navarch --help`,
      );
    }
  };
  return program;
}
