import { Option, type Command } from 'commander';
import type { Call } from './program.ts';

export function addDatasetCommands(program: Command, call: Call): void {
  const load = () => import('./commands/dataset.ts');
  const dataset = program.command('dataset').description('the datasets of this machine');
  dataset
    .command('import <path>')
    .description(
      'read images out of a folder, a zip or tar archive, CIFAR or idx files, and register the dataset',
    )
    .option('--name <name>', 'to register it under (default: the name of the file or folder)')
    .option('--license <text>', 'under which the images may be used')
    .option('--source <text>', 'where the images come from')
    .option('--description <text>', 'what they show')
    .addOption(
      new Option(
        '--class-from <place>',
        'the folder below the split, the folder an image lies in, or none (an index file goes before)',
      ).choices(['folder', 'parent', 'none']),
    )
    .option('--classes <file>', 'names of numbered classes, one a line')
    .action(
      call(
        () => import('./commands/import-dataset.ts'),
        (module) => module.importImages,
      ),
    );
  dataset
    .command('stimuli <stimulus>')
    .description('register a set of drawn stimuli: every combination of the values of its parameters')
    .requiredOption('--name <name>', 'to register it under')
    .option('--size <pixels>', 'of the images, 224 or 192x256', '224')
    .option(
      '--param <name=values>',
      'such as orientation=0,90 or colorA=#ff0000; without any, the usual ones of the stimulus',
      (value: string, before: readonly string[]) => [...before, value],
      [],
    )
    .action(
      call(
        () => import('./commands/stimuli.ts'),
        (module) => module.makeStimuli,
      ),
    );
  dataset
    .command('list')
    .description('list them')
    .action(call(load, (module) => module.listDatasets));
  dataset
    .command('show <name>')
    .description('its facts, its classes, and what was left out when it was imported')
    .action(call(load, (module) => module.showDataset));
  dataset
    .command('remove <name>')
    .description('remove it from this machine')
    .action(call(load, (module) => module.removeDataset));
}
