using System.IO.Compression;

namespace Knowledge.Store;

/// <content>Loading of whole documents.</content>
public abstract partial class QuadDataset
{
    /// <summary>Loads a file in one transaction; its name tells the format, and it may be compressed with gzip (<c>.gz</c>).</summary>
    /// <param name="path">The file.</param>
    /// <param name="progress">Told every few thousand quads.</param>
    /// <param name="options">Base and limits of the reader. Where they give no scope for blank nodes, those of each load are its own.</param>
    /// <param name="cancellation">Ends the load; nothing of it is taken.</param>
    /// <returns>Number of quads that were not there before.</returns>
    /// <exception cref="RdfSyntaxException">The file is not what its format allows; nothing is taken.</exception>
    /// <exception cref="NotSupportedException">The file's name belongs to no known format.</exception>
    /// <exception cref="StoreException">The quads could not be kept.</exception>
    public Task<long> LoadAsync(string path, IProgress<LoadProgress>? progress = null, RdfReaderOptions? options = null, CancellationToken cancellation = default)
    {
        if (!RdfFormat.TryByFileName(path, out var format))
            throw new NotSupportedException($"The extension of '{path}' belongs to no known format. Known are: {string.Join(", ", RdfFormat.All.SelectMany(f => f.Extensions).Select(e => "." + e))}, each also with .gz.");
        options ??= RdfReaderOptions.Default;
        if (options.BaseIri is null)
            options = options with { BaseIri = new Uri(Path.GetFullPath(path)).AbsoluteUri };
        if (options.BlankNodeScope.Length == 0)
            options = options with { BlankNodeScope = NewBlankNodeScope() };
        return Task.Run(() => Load(path, format, progress, options, cancellation), cancellation);
    }

    /// <summary>Takes all quads that a reader finds, in one transaction, the fast way. Where the reader throws, none of them is taken.</summary>
    /// <param name="read">Gives quads to the sink, on the calling thread.</param>
    /// <returns>Number of quads that were not there before.</returns>
    /// <exception cref="StoreBusyException">Another transaction was not done in time.</exception>
    public long Load(Action<IQuadSink> read) => Load(read, null);

    /// <summary>
    /// Takes all quads that a reader finds, in one transaction, with the valid times that their reifiers say, as <see cref="DumpWithTimes"/> writes them: the times of the document replace what was
    /// believed of these quads. Since when something is known is not taken over: it is known since now.
    /// </summary>
    /// <remarks>Cost: an entry in memory for each quad; <see cref="Load(Action{IQuadSink})"/> is the fast way for documents without times.</remarks>
    /// <param name="read">Gives quads to the sink, on the calling thread.</param>
    /// <exception cref="RdfSyntaxException">A time is none, or an end does not come after its beginning; nothing is taken.</exception>
    /// <exception cref="StoreBusyException">Another transaction was not done in time.</exception>
    public void LoadWithTimes(Action<IQuadSink> read)
    {
        ArgumentNullException.ThrowIfNull(read);
        using var transaction = Begin();
        var document = new TimedDocument(transaction);
        read(document);
        document.Close();
        transaction.Commit();
    }

    /// <summary>A scope for the blank nodes of one document that no load into this data set, or into a branch of it, had before; for readers outside <see cref="LoadAsync"/>.</summary>
    public string NewBlankNodeScope() => FormattableString.Invariant($"v{Version}n{Dictionary.NextScope()}");

    private long Load(string path, RdfFormat format, IProgress<LoadProgress>? progress, RdfReaderOptions options, CancellationToken cancellation)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, FileOptions.SequentialScan);
        using var text = path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? new GZipStream(file, CompressionMode.Decompress, leaveOpen: true) : (Stream)file;
        long taken = 0;
        var loaded = Load(sink => format.Read(text, sink, options), quads =>
        {
            cancellation.ThrowIfCancellationRequested();
            taken = quads;
            progress?.Report(new LoadProgress(quads, file.Position, file.Length));
        });
        progress?.Report(new LoadProgress(Math.Max(taken, loaded), file.Length, file.Length));
        return loaded;
    }

    private long Load(Action<IQuadSink> read, Action<long>? turned)
    {
        ArgumentNullException.ThrowIfNull(read);
        var load = new BulkLoad(Dictionary, turned);
        read(load);
        load.Close();
        Enter(s_writerWait);
        var before = Advanced();
        CommitAndLeave(edit => load.Apply(edit), before.Prefixes.SetItems(load.Prefixes));
        return load.Added;
    }
}

/// <summary>How far a load is.</summary>
/// <param name="Quads">Quads read, repeated ones included.</param>
/// <param name="Bytes">Bytes of the file read.</param>
/// <param name="TotalBytes">Bytes that the file has.</param>
public readonly record struct LoadProgress(long Quads, long Bytes, long TotalBytes);
