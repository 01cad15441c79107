using System.Globalization;
using Hub.Abstractions;
using Hub.Server.Http;
using Hub.Server.Toolkit;

namespace Hub.Server.Telemetry;

/// <summary>The toolkit's tracing exporter <c>file</c>: each step of a run as one line of JSON.</summary>
/// <remarks>Source: the toolkit's <c>observability/exporter/file_exporter.py</c> and <c>mixin/file_mixin.py</c>. Used by one thread.</remarks>
internal sealed class StepFile : IDisposable
{
    private readonly TraceExporterOptions _options;
    private StreamWriter _writer;

    /// <exception cref="HubException">The file cannot be written.</exception>
    public StepFile(TraceExporterOptions options)
    {
        _options = options;
        try
        {
            if (Path.GetDirectoryName(Path.GetFullPath(options.OutputPath!)) is { } folder)
                Directory.CreateDirectory(folder);
            _writer = Open(options.Overwrites);
        }
        catch (Exception unwritable) when (unwritable is IOException or UnauthorizedAccessException)
        {
            throw new HubException($"general.telemetry.tracing: {options.OutputPath} cannot be written: {unwritable.Message}", unwritable);
        }
    }

    /// <summary>Writes the steps of a run.</summary>
    public void Write(RunHeader header, IReadOnlyList<RunEvent> events, Func<string, byte[]?> payload)
    {
        Dictionary<string, string> inputs = new(StringComparer.Ordinal);
        foreach (var entry in events)
        {
            if (IntermediateSteps.Whole(entry, header.RunId, payload, inputs) is not { } step)
                continue;
            _writer.Write(step.ToJsonString(Wire.Options));
            _writer.Write('\n');
        }

        _writer.Flush();
        if (_options.MaxFileBytes > 0 && _writer.BaseStream.Length > _options.MaxFileBytes)
            Roll();
    }

    public void Dispose() => _writer.Dispose();

    private StreamWriter Open(bool anew) => new(new FileStream(_options.OutputPath!, anew ? FileMode.Create : FileMode.Append, FileAccess.Write, FileShare.Read));

    /// <summary>Gives the file a number and begins another; the oldest of too many goes.</summary>
    private void Roll()
    {
        _writer.Dispose();
        for (var i = _options.MaxFiles - 1; i >= 1; i--)
        {
            if (File.Exists(Numbered(i)))
                File.Move(Numbered(i), Numbered(i + 1), overwrite: true);
        }

        File.Move(_options.OutputPath!, Numbered(1), overwrite: true);
        File.Delete(Numbered(_options.MaxFiles));
        _writer = Open(anew: true);
    }

    private string Numbered(int i) => string.Create(CultureInfo.InvariantCulture, $"{_options.OutputPath}.{i}");
}
