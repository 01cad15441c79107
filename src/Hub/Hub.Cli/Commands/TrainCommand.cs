using System.CommandLine;
using System.Globalization;
using Backends.Torch.Native;
using Backends.Training;
using Backends.Training.Characters;
using Hub.Nano.Training;
using Spectre.Console;

namespace Hub.Cli.Commands;

/// <summary><c>hub train</c>: trains models of our own.</summary>
internal static class TrainCommand
{
    public static Command Create()
    {
        var command = new Command("train", """
            Trains models of our own on this machine.

            Examples:
              hub train nano --output models/mine --tokens 40
              hub train text --file tinyshakespeare.txt
            """);
        command.Subcommands.Add(Nano());
        command.Subcommands.Add(Text());
        return command;
    }

    private static Command Nano()
    {
        var output = new Option<string>("--output", "-o") { Description = "Model folder; a training that was stopped there goes on.", Required = true };
        var tokens = new Option<double>("--tokens") { Description = "Tokens to train on, in millions.", DefaultValueFactory = _ => 40 };
        var seed = new Option<long>("--seed") { Description = "Seed of the first weights.", DefaultValueFactory = _ => 1 };
        var precision = new Option<TrainingPrecision>("--precision") { Description = "auto measures full and mixed at the start and takes the faster.", DefaultValueFactory = _ => TrainingPrecision.Auto };
        var device = Device();
        var control = new Option<bool>("--control") { Description = "The negative control: each task gets another task's answer of its family." };
        var from = new Option<string>("--from") { Description = "Model folder to begin with, in place of nothing; it is left as it is." };
        var lookups = new Option<double>("--lookups") { Description = "Share of look-ups in a table among the tasks, from 0 to 1." };
        var rate = new Option<double>("--rate") { Description = "Peak learning rate.", DefaultValueFactory = _ => 1.5e-3 };
        var command = new Command("nano", """
            Trains hub-nano: generated tasks in the hub's own formats. Ctrl-C writes a checkpoint; the same command goes on.

            Examples:
              hub train nano --output models/mine --tokens 40
              hub train nano --output models/more --from models/mine --lookups 0.4 --tokens 12 --rate 0.0008
            """);
        foreach (var option in (Option[])[output, tokens, seed, precision, control, from, lookups, rate, device])
            command.Options.Add(option);
        command.SetAction((parsed, _) =>
        {
            if (parsed.GetValue(from) is { } folder && !File.Exists(Path.Combine(folder, "model.safetensors")))
                throw new UsageException($"There is no model in '{folder}'. --from needs a folder with model.safetensors and tokenizer.json.");
            var share = parsed.GetValue(lookups);
            var options = new NanoTrainingOptions
            {
                From = parsed.GetValue(from),
                LearningRate = parsed.GetValue(rate) is > 0 and <= 0.1 and var peak ? peak : throw new UsageException("--rate must be above 0 and at most 0.1."),
                Output = parsed.GetRequiredValue(output),
                TokenBudget = (long)(parsed.GetValue(tokens) * 1e6),
                Seed = parsed.GetValue(seed),
                Precision = parsed.GetValue(precision),
                Device = parsed.GetValue(device),
                Data = new NanoDataOptions
                {
                    OtherAnswers = parsed.GetValue(control),
                    LookupShare = share is >= 0 and <= 1 ? share : throw new UsageException("--lookups must be from 0 to 1."),

                    // A model that knows the formats needs no easy beginning.
                    CurriculumTokens = parsed.GetValue(from) is null ? new NanoDataOptions().CurriculumTokens : 0,
                    AllTokensUntil = parsed.GetValue(from) is null ? new NanoDataOptions().AllTokensUntil : 0,
                },
            };
            return Task.FromResult(Show((progress, stop) => NanoTraining.Run(options, progress, stop)));
        });
        return command;
    }

    private static Command Text()
    {
        var file = new Option<string>("--file") { Description = "A text file.", Required = true };
        var device = Device();
        var seed = new Option<long>("--seed") { Description = "Seed of the first weights and of the batches.", DefaultValueFactory = _ => 1 };
        var command = new Command("text", "Trains a character-level Llama at nanoGPT's CPU sizes and prints its loss over the last tenth of the text. Example: hub train text --file tinyshakespeare.txt");
        foreach (var option in (Option[])[file, seed, device])
            command.Options.Add(option);
        command.SetAction((parsed, _) =>
        {
            var path = parsed.GetRequiredValue(file);
            if (!File.Exists(path))
                throw new UsageException($"There is no file '{path}'. --file needs a text file.");
            var text = File.ReadAllText(path);
            var options = new CharacterTrainingOptions { Seed = parsed.GetValue(seed), Device = parsed.GetValue(device) };
            CharacterTrainingResult? result = null;
            var code = Show((progress, stop) => (result = CharacterTraining.Run(text, options, progress, stop)).Training);
            Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"validation loss {result!.HeldOutLoss:0.0000} over the last tenth of {result.Characters:N0} characters"));
            return Task.FromResult(code);
        });
        return command;
    }

    private static Option<TrainingDevice> Device() => new("--device") { Description = "Where to train; auto takes a GPU where there is one." };

    private static int Show(Func<IProgress<TrainingProgress>, CancellationToken, TrainingResult> train)
    {
        using var stop = new CancellationTokenSource();
        void OnCancel(object? sender, ConsoleCancelEventArgs e)
        {
            if (stop.IsCancellationRequested)
                return;
            e.Cancel = true;
            stop.Cancel();
        }

        Console.CancelKeyPress += OnCancel;
        try
        {
            var result = Console.IsOutputRedirected
                ? train(new LineProgress(), stop.Token)
                : AnsiConsole.Progress().Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
                    .Start(c => train(new BarProgress(c.AddTask("training", maxValue: 1)), stop.Token));
            Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{result.Steps} steps, {result.Tokens:N0} tokens, loss {result.Loss:0.0000}, {result.Elapsed.TotalMinutes:0.0} minutes"));
            return stop.IsCancellationRequested ? ExitCode.Interrupted : ExitCode.Ok;
        }
        finally
        {
            Console.CancelKeyPress -= OnCancel;
        }
    }

    private sealed class LineProgress : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"step {value.Step} tokens {value.Tokens} loss {value.Loss:0.0000} accuracy {value.Accuracy:0.0000} rate {value.LearningRate:0.00000} {value.TokensPerSecond:0} tokens/s {value.Precision}"));
    }

    private sealed class BarProgress(ProgressTask task) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value)
        {
            task.Value = value.Fraction;
            task.Description = string.Create(CultureInfo.InvariantCulture, $"step {value.Step}  loss {value.Loss:0.000}  {value.TokensPerSecond:0} tokens/s");
        }
    }
}
