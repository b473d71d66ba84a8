/** The commands of `fovea` and their options. What they do is loaded only when one is called. */
import { Argument, Command, InvalidArgumentError, Option } from 'commander';
import { addDatasetCommands } from './dataset-commands.ts';
import type { ExitCode } from './exit-codes.ts';

const exitCodeHelp = `
Exit codes: 0 done, 1 the run or check failed, 2 wrong usage or input, 3 no server answers, 130 cancelled.`;

/** Makes the action of a command out of what a module exports. */
export type Call = <Module>(
  load: () => Promise<Module>,
  choose: (module: Module) => (...args: never[]) => Promise<ExitCode>,
) => (...args: unknown[]) => Promise<void>;

/** `done` gets the exit code of the command that was called. */
export function fovea(done: (code: ExitCode) => void): Command {
  const program = new Command('fovea')
    .description('Mechanistic interpretability of image models, from a terminal')
    .addHelpText('after', exitCodeHelp)
    .option(
      '--api <url>',
      'address of the API (default: FOVEA_API, else the system started from this checkout)',
    )
    .option('--json', 'print JSON for programs')
    .exitOverride();
  /** Calls what the module exports, with the arguments and all options, the program's included. */
  const call: Call =
    (load, choose) =>
    async (...args: unknown[]) => {
      const command = args.at(-1) as Command;
      const act = choose(await load()) as (...given: unknown[]) => Promise<ExitCode>;
      done(await act(...args.slice(0, -2), command.optsWithGlobals()));
    };

  const runCommand = () => import('./commands/run.ts');
  program
    .command('run <kind>')
    .description('run an experiment, and follow it to its end')
    .option('--model <name>', 'the model to look into')
    .option('--param <key=value>', 'a field of the input; dots go deeper, values may be JSON', collect, [])
    .option('--file <path>', 'a JSON file with the input')
    .option('--preset <name>', "one of the kind's named starting points")
    .option('--seed <n>', 'of everything random (default: 0)', wholeNumber)
    .option('--priority <n>', 'higher starts earlier, -100 to 100', wholeNumber)
    .option('--title <text>', 'to find the run by')
    .option('--force', 'run even if the same run has succeeded before')
    .option('--local', 'in this process, with no server')
    .option('--out <folder>', 'save the artifacts there')
    .action(call(runCommand, (module) => module.run));

  const runsCommands = () => import('./commands/runs.ts');
  program
    .command('runs')
    .description('list the runs, newest first')
    .addOption(
      new Option('--status <status...>', 'only these').choices([
        'queued',
        'running',
        'succeeded',
        'failed',
        'cancelled',
      ]),
    )
    .option('--kind <kind>', 'only of this kind')
    .option('--model <name>', 'only of this model')
    .option('--search <text>', 'part of the title or objective')
    .option('--limit <n>', 'how many', wholeNumber, 20)
    .action(call(runsCommands, (module) => module.listRuns));
  program
    .command('watch <id>')
    .description('follow a run to its end')
    .option('--out <folder>', 'save the artifacts there')
    .action(call(runsCommands, (module) => module.watch));
  program
    .command('cancel <id>')
    .description('cancel a run')
    .action(call(runsCommands, (module) => module.cancel));

  const modelCommands = () => import('./commands/model.ts');
  const model = program.command('model').description('the models of this machine');
  const addModelCommands = () => import('./commands/add-model.ts');
  model
    .command('import <path>')
    .description('check weights of any format, or a folder of them, and register the model')
    .option(
      '--architecture <name>',
      'the network that the weights belong to (default: the one that they fit)',
    )
    .option('--variant <name>', 'of the architecture (default: the first that fits)')
    .option('--name <name>', 'to register it under (default: the name of the file or folder)')
    .option('--classes <file>', 'names of the classes, one a line (default: those of the configuration)')
    .option('--images <folder>', 'photographs for the self-test (default: procedural ones)')
    .option('--size <pixels>', 'of the input, 224 or 192x256 (this and the next: default as configured)')
    .option('--mean <numbers>', 'subtracted from each channel, such as 0.485,0.456,0.406')
    .option('--std <numbers>', 'by which each channel is divided')
    .option('--range <low,high>', 'values of black and white, such as -1,1, in place of mean and deviation')
    .addOption(new Option('--channel-order <order>', 'that the network reads').choices(['rgb', 'bgr']))
    .option('--crop <share>', 'side of the central square kept of a photograph, such as 0.875')
    .addOption(
      new Option('--interpolation <filter>', 'by which photographs are resized').choices([
        'bilinear',
        'bicubic',
      ]),
    )
    .option('--source <text>', 'where the weights come from')
    .option('--license <text>', 'of the weights')
    .action(call(addModelCommands, (module) => module.importFrom));
  model
    .command('pull [name]')
    .description('download a published checkpoint from its official source, verify and register it')
    .option('--list', 'all that can be pulled, with size, hash and licence')
    .option('--mirror <address>', 'a folder from which to fetch the same files instead')
    .action(call(addModelCommands, (module) => module.pull));
  model
    .command('list')
    .description('list them')
    .action(call(modelCommands, (module) => module.listModels));
  model
    .command('show <name>')
    .description('its layers, with shapes, receptive fields and what its reference calls them')
    .action(call(modelCommands, (module) => module.showModel));
  model
    .command('check <name>')
    .description('verify the weights and repeat the self-test')
    .option(
      '--images <folder>',
      'photographs, with index.json of [{ file, class }] if their classes are known',
    )
    .action(call(modelCommands, (module) => module.checkModel));
  model
    .command('remove <name>')
    .description('remove it from this machine')
    .action(call(modelCommands, (module) => module.removeModel));

  addDatasetCommands(program, call);

  program
    .command('tuning')
    .description('show rounded corners to a layer, and tell how each unit is tuned to their orientation')
    .requiredOption('--model <name>', 'a registered model')
    .requiredOption('--layer <name>', 'whose units to test')
    .option('--radii <px,px>', 'of the corners; the best one counts', numbers, [10, 20, 30, 40, 60, 80, 120])
    .option('--step <degrees>', 'between orientations, a part of 360', partOfCircle, 5)
    .option('--window <n>', 'side of the square of central positions; the best one counts', wholeNumber, 5)
    .addHelpText(
      'after',
      `
With --json: one array of { unit, R, peakDeg, peak, fwhm, echo }. R is |Σ a·e^iθ| / Σ a over orientations, 1 for a unit
that only one orientation excites; fwhm the degrees at or above half the peak; echo the largest response within 30° of the
opposite orientation, over the peak. Other stimuli, whole curves: fovea run tuning.`,
    )
    .action(
      call(
        () => import('./commands/tuning.ts'),
        (module) => module.tuning,
      ),
    );

  program
    .command('sweep')
    .description('show a dataset to a model, and tell what every unit of some layers does')
    .requiredOption('--model <name>', 'a registered model')
    .requiredOption('--layers <name,name>', 'whose units to look at', names)
    .requiredOption('--dataset <name>', 'a registered dataset')
    .option('--split <name>', 'of the dataset (default: test, else its first)')
    .option('--limit <n>', 'images at most, drawn at random from a larger split', wholeNumber)
    .option('--top <n>', 'images kept of each unit, those with its highest values', wholeNumber)
    .option('--batch <n>', 'images that go through the network together', wholeNumber)
    .option('--shards <n>', 'processes among which the images are divided', wholeNumber)
    .option('--seed <n>', 'of all that is drawn at random', wholeNumber, 0)
    .option('--out <folder>', 'save maps, vectors and correlations there')
    .addHelpText(
      'after',
      `
With --json: one array of { unit, tokens, statistics, quantiles, histogram, examples, alike, opposed, classes }. The
examples are the images with the unit's highest values, then some drawn from bands of its values; each has the image's
index in the split, the position, and what of the image the position can see. The number of shards changes nothing.`,
    )
    .action(
      call(
        () => import('./commands/sweep.ts'),
        (module) => module.sweep,
      ),
    );

  program
    .command('index <model>')
    .description(
      'make pictures, sweeps and weights of every unit of a model; `default` is the one that ships',
    )
    .option(
      '--layers <name,name>',
      '`all`, or these (default: outputs of blocks and hidden neurons of transformers)',
      names,
    )
    .option('--only <part,part>', 'of pictures, deepdream, sweep, tuning, weights and sparsity', names)
    .option(
      '--dataset <name>',
      'that sweeps go over; without one there is none (default network: procedural)',
    )
    .option('--images <n>', 'of the dataset, at most', wholeNumber)
    .option('--size <pixels>', "side of the pictures (default: the model's input, up to 128)", wholeNumber)
    .option('--steps <n>', 'updates of each picture', wholeNumber)
    .option('--restarts <n>', 'random starts of each picture, all of them kept', wholeNumber)
    .option('--diversity <n>', 'further pictures of each channel that must differ', wholeNumber)
    .option('--seed <n>', 'of everything random', wholeNumber)
    .option('--local', 'on this machine, even if a server runs')
    .option('--out <folder>', 'for what is made on this machine (default: index-<model>)')
    .addHelpText(
      'after',
      `
With a server the index is queued there and followed; without one it is made here, into a folder of pictures and JSON:
index.json, and for each layer pictures.json and what else was found. Called again, it makes only what is missing.`,
    )
    .action(
      call(
        () => import('./commands/index-model.ts'),
        (module) => module.indexModel,
      ),
    );

  program
    .command('weights')
    .description('tell the strongest weights between a unit and the units of another layer')
    .requiredOption('--model <name>', 'a registered model')
    .requiredOption('--unit <layer:channel>', 'whose weights to read')
    .requiredOption('--to <layer>', "before the unit's layer or after it; image for the input")
    .option('--expanded', 'as the gradient of the unit, over any number of layers down to the other')
    .option('--path <name>', 'a residual path to take alone, as --json names them (default: all, summed)')
    .addOption(
      new Option('--by <strength>', 'what makes a connection strong').choices(['l2', 'sum']).default('l2'),
    )
    .option('--share <part>', 'of the strongest, below which connections are left out', share, 0.3)
    .option('--most <n>', 'connections of each sign', wholeNumber, 10)
    .option('--leave-out-attention', 'leave out what attention moves between positions')
    .addHelpText(
      'after',
      `
With --json: one object { unit, to, direction, route, paths, path, excitatory, inhibitory }, the last two arrays of { unit,
channel, l2, sum, kernel }. What lies between the layers is made linear: rectifiers hand on what they are given, max pools
are means. A kernel is a cross-correlation: its first row lies at the top of the picture.`,
    )
    .action(
      call(
        () => import('./commands/weights.ts'),
        (module) => module.weights,
      ),
    );

  program
    .command('sparsity')
    .description('tell how sparse the weights of a layer are, against weights that nothing was learned by')
    .requiredOption('--model <name>', 'a registered model')
    .requiredOption('--layer <name>', 'whose units to look at')
    .option('--from <layer>', 'that the weights come from (default: the named layer before)')
    .addOption(
      new Option('--of <what>', 'one number for each input unit, or all weights of all kernels')
        .choices(['connections', 'weights'])
        .default('connections'),
    )
    .option('--dataset <name>', 'also weigh inputs by how much they vary over it')
    .option('--images <n>', 'of the dataset, at most', wholeNumber)
    .option('--repetitions <n>', 'of each comparison', wholeNumber)
    .option('--seed <n>', 'of all that is drawn at random', wholeNumber, 0)
    .addHelpText(
      'after',
      `
With --json: one object with a variant for all residual paths and for each alone; each has figures { name, trained, nulls }
(medians over units, beside Gaussian, shuffled and untrained weights), distributions over units, the mass of the largest
weights, and effective ranks.`,
    )
    .action(
      call(
        () => import('./commands/sparsity.ts'),
        (module) => module.sparsity,
      ),
    );

  const parityCommand = () => import('./commands/parity.ts');
  program
    .command('parity <files...>')
    .description('compare activations, outputs and gradients with fixtures of reference implementations')
    .option(
      '--backend <name>',
      'to compute on; onnxruntime for compiled networks (default: FOVEA_BACKEND, else the fastest)',
    )
    .action(call(parityCommand, (module) => module.parity));

  const backendCommands = () => import('./commands/backend.ts');
  const backend = program.command('backend').description('what this machine computes on');
  backend
    .command('list')
    .description('every backend, fastest first, and why it is not available')
    .action(call(backendCommands, (module) => module.list));
  backend
    .command('install')
    .description("set up TensorFlow's native engine, with a libtensorflow of your own")
    .addArgument(new Argument('<backend>').choices(['tensorflow', 'tensorflow-gpu']))
    .requiredOption(
      '--libtensorflow <path or URL>',
      "TensorFlow's C library or Python wheel: a folder, .tar.gz, .zip or .whl",
    )
    .action(call(backendCommands, (module) => module.install));

  backend
    .command('bench')
    .description('measure one step on everything that runs here, and recommend the fastest')
    .option('--model <name>', 'a registered model', 'fovea_mini')
    .option('--layer <name>', "that the step's objective reads (default: the last that joins branches)")
    .option('--batch <n,n>', 'pictures of a step', wholeNumbers, [1])
    .option('--software', 'measure WebGPU also where its only adapter is software')
    .action(
      call(
        () => import('./commands/backend-bench.ts'),
        (module) => module.bench,
      ),
    );

  const trainCommands = () => import('./commands/train.ts');
  const train = program.command('train').description('networks that the project trains itself');
  train
    .command('default')
    .description('train the network that ships with Fovea')
    .option('--seed <n>', 'of the initial weights and the choice of images (default: 0)', wholeNumber)
    .option('--steps <n>', 'how many (default: those of the shipped network)', wholeNumber)
    .option('--out <folder>', 'for checkpoint, manifest and log')
    .action(call(trainCommands, (module) => module.trainDefault));
  return program;
}

function collect(value: string, before: readonly string[]): string[] {
  return [...before, value];
}

function names(text: string): string[] {
  return text.split(',').map((name) => name.trim());
}

function wholeNumber(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value)) throw new InvalidArgumentError('It must be a whole number.');
  return value;
}

function wholeNumbers(text: string): number[] {
  const values = text.split(',').map(wholeNumber);
  if (values.some((value) => value < 1)) throw new InvalidArgumentError('They must be positive.');
  return values;
}

function share(text: string): number {
  const value = Number(text);
  if (!(value >= 0 && value <= 1)) throw new InvalidArgumentError('It must be a number from 0 to 1.');
  return value;
}

function numbers(text: string): number[] {
  const values = text.split(',').map(Number);
  if (text === '' || !values.every(Number.isFinite)) throw new InvalidArgumentError('They must be numbers.');
  return values;
}

function partOfCircle(text: string): number {
  const value = Number(text);
  if (value > 0 && Number.isInteger(360 / value)) return value;
  throw new InvalidArgumentError('It must divide 360.');
}
