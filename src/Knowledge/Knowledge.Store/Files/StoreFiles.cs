namespace Knowledge.Store;

/// <summary>The files of an open store: a log that grows with each transaction, and what it was compacted to.</summary>
internal sealed class StoreFiles : IDisposable
{
    private const string LogKind = "log";

    private readonly IStoreFolder _folder;
    private readonly TermDictionary _dictionary;
    private readonly bool _waits;
    private Manifest _manifest;
    private IStoreFile _log;
    private FrameWriter _writer;
    private int _termsKept;
    private TermUse? _use; // entries that the files have since the last compaction; null where they have all
    private Exception? _failure;

    private StoreFiles(IStoreFolder folder, Manifest manifest, TermDictionary dictionary, bool waits)
    {
        _folder = folder;
        _manifest = manifest;
        _dictionary = dictionary;
        _waits = waits;
        _termsKept = dictionary.Count;
        _log = folder.Append(manifest.Log);
        _writer = new FrameWriter(_log);
    }

    /// <summary>Length of the log in bytes.</summary>
    public long LogBytes => _log.Length;

    /// <summary>Opens the store of a folder, or makes one where the folder has none.</summary>
    /// <param name="folder">Taken over.</param>
    /// <param name="waits">Whether commits wait for the disk.</param>
    /// <returns>Its files, and what they hold.</returns>
    /// <exception cref="StoreDamagedException">A file does not hold what was written to it.</exception>
    /// <exception cref="StoreFormatException">A newer library wrote it.</exception>
    public static (StoreFiles Files, StoreState State, TermDictionary Dictionary) Open(IStoreFolder folder, bool waits)
    {
        var names = folder.List();
        if (!names.Contains(Manifest.FileName))
            Found(folder, names, waits);
        var manifest = Manifest.Read(folder);
        if (manifest.Files.FirstOrDefault(f => !folder.List().Contains(f)) is { } missing)
            throw new StoreDamagedException(missing, 0, "the manifest names it, and it is not there");
        var dictionary = new TermDictionary();
        var state = StoreState.Empty;
        if (manifest.HasState)
        {
            Read(folder, manifest.Terms, input => TermFile.Read(input, dictionary));
            Read(folder, manifest.Columns, input => state = ColumnFile.Read(input));
        }

        long end;
        using (var log = folder.Read(manifest.Log))
        {
            end = Frame.EndOfWholeUnits(log, manifest.Log);
            var input = new FrameInput(log, manifest.Log, end);
            FileFormat.Check(input, LogKind);
            while (input.TryBegin())
                state = CommitUnit.Read(input, state, dictionary);
        }

        var files = new StoreFiles(folder, manifest, dictionary, waits);
        files.DropLeftovers(end);
        return (files, state, dictionary);
    }

    /// <summary>Writes a state as a store of its own.</summary>
    /// <param name="folder">Without files.</param>
    /// <param name="state">The state.</param>
    /// <param name="dictionary">Its terms.</param>
    public static void Write(IStoreFolder folder, StoreState state, TermDictionary dictionary)
    {
        if (folder.List() is [var first, ..])
            throw new StoreException($"The folder has files already, '{first}' among them. Give an empty folder, or one that is not there.");
        var manifest = new Manifest(1, HasState: true);
        WriteSet(folder, manifest, state, (dictionary, dictionary.Count, new TermUse(state, dictionary.Count)), waits: true).Dispose();
        manifest.WriteTemporary(folder, waits: true);
        Manifest.Publish(folder, waits: true);
    }

    /// <summary>Keeps a transaction.</summary>
    /// <param name="edit">The step.</param>
    /// <param name="next">The state after it.</param>
    /// <exception cref="StoreException">It could not be written; the store has it not.</exception>
    public void Append(StateEdit edit, StoreState next)
    {
        NeedWhole();
        var before = _log.Length;
        var terms = _dictionary.Count;
        var leftOut = LeftOut(edit);
        var isWritten = false;
        try
        {
            CommitUnit.Write(_writer, edit, next, _dictionary, (_termsKept, terms, leftOut));
            isWritten = true;
            if (_waits)
                _log.Sync();
            _termsKept = terms;
            foreach (var id in leftOut)
                _use!.Add(id);
        }
        catch (IOException failure)
        {
            TakeBack(before, isWritten, failure);
            throw new StoreException($"The transaction could not be written to '{_manifest.Log}' and did not happen: {failure.Message}", failure);
        }
    }

    /// <summary>Writes a state into files of its own and begins a new log.</summary>
    /// <param name="state">The newest state.</param>
    /// <exception cref="StoreException">That was not possible; the store goes on with the files that it has.</exception>
    public void Compact(StoreState state)
    {
        NeedWhole();
        var next = new Manifest(_manifest.Generation + 1, HasState: true);
        var terms = (_dictionary, _dictionary.Count, Use: new TermUse(state, _dictionary.Count));
        IStoreFile log;
        try
        {
            log = WriteSet(_folder, next, state, terms, _waits);
            next.WriteTemporary(_folder, _waits);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            foreach (var name in next.Files.Where(f => f != Manifest.FileName))
                TryDelete(name);
            throw new StoreException($"The store could not be compacted and goes on with the files that it has: {failure.Message}", failure);
        }

        try
        {
            Manifest.Publish(_folder, _waits);
        }
        catch (IOException failure)
        {
            log.Dispose();
            _failure = failure; // either set of files may be the one that counts now; both hold the same
            throw new StoreException($"The store could not be compacted: {failure.Message} Open it again.", failure);
        }

        var old = _manifest;
        _log.Dispose();
        (_manifest, _log, _writer, _termsKept, _use) = (next, log, new FrameWriter(log), terms.Count, terms.Use);
        foreach (var name in old.Files.Where(f => f != Manifest.FileName))
            TryDelete(name);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _log.Dispose();
        _folder.Dispose();
    }

    /// <summary>Makes an empty store.</summary>
    private static void Found(IStoreFolder folder, IReadOnlyList<string> names, bool waits)
    {
        var manifest = new Manifest(1, HasState: false);
        foreach (var name in names)
        {
            if (!Manifest.IsStoreFile(name))
                throw new StoreException($"The folder holds '{name}', which is no file of a store, and no store. Give an empty folder, or one that is not there.");
            // Only a store that was never whole has no manifest, and that one has nothing but the beginning of its first log.
            if (name != Manifest.FileName + Manifest.Temporary && (name != manifest.Log || HasUnits(folder, name)))
                throw new StoreDamagedException(Manifest.FileName, 0, $"it is not there, but '{name}' is");
        }

        NewLog(folder, manifest, waits).Dispose();
        manifest.WriteTemporary(folder, waits);
        Manifest.Publish(folder, waits);
    }

    private static bool HasUnits(IStoreFolder folder, string log)
    {
        using var file = folder.Read(log);
        var input = new FrameInput(file, log, Frame.EndOfWholeUnits(file, log));
        if (!input.TryBegin())
            return false;
        FileFormat.Skip(input);
        return input.TryBegin();
    }

    private static IStoreFile NewLog(IStoreFolder folder, Manifest manifest, bool waits)
    {
        var log = folder.Create(manifest.Log);
        try
        {
            FileFormat.Begin(new FrameWriter(log), LogKind);
            if (waits)
                log.Sync();
            return log;
        }
        catch
        {
            log.Dispose();
            throw;
        }
    }

    /// <summary>Writes the files of a manifest, all but itself.</summary>
    private static IStoreFile WriteSet(IStoreFolder folder, Manifest manifest, StoreState state, (TermDictionary Dictionary, int Count, TermUse Use) terms, bool waits)
    {
        WriteWhole(folder, manifest.Terms, writer => TermFile.Write(writer, terms.Dictionary, terms.Count, terms.Use), waits);
        WriteWhole(folder, manifest.Columns, writer => ColumnFile.Write(writer, state), waits);
        return NewLog(folder, manifest, waits);
    }

    private static void WriteWhole(IStoreFolder folder, string name, Action<FrameWriter> write, bool waits)
    {
        using (var file = folder.Create(name + Manifest.Temporary))
        {
            write(new FrameWriter(file));
            if (waits)
                file.Sync();
        }

        folder.Rename(name + Manifest.Temporary, name);
    }

    private static void Read(IStoreFolder folder, string name, Action<FrameInput> read)
    {
        using var file = folder.Read(name);
        read(new FrameInput(file, name, file.Length));
    }

    /// <summary>Cuts a transaction off that failed; where that fails too, or the disk did not take what it was given, the store stops writing.</summary>
    private void TakeBack(long length, bool isWritten, IOException failure)
    {
        if (isWritten)
            _failure = failure; // what a disk that could not be waited for holds is not known
        try
        {
            _log.Truncate(length);
        }
        catch (IOException second)
        {
            _failure = second;
        }
    }

    /// <summary>Entries that a step uses and a compaction left out of the files, as nothing used them then.</summary>
    private HashSet<uint> LeftOut(StateEdit edit)
    {
        HashSet<uint> ids = [];
        if (_use is null)
            return ids;
        foreach (var (graph, predicate, change) in edit.Changes)
        {
            Note(graph);
            Note(predicate);
            foreach (var pair in change.Born.Concat(change.Gone).Concat(change.Timed.Select(t => t.Pair)))
            {
                Note((uint)(pair >> 32));
                Note((uint)pair);
            }
        }

        return ids;

        void Note(uint id)
        {
            if (id != 0 && !_use.Contains(id))
                ids.Add(id);
        }
    }

    private void NeedWhole()
    {
        if (_failure is not null)
            throw new StoreException($"An earlier write failed in a way that leaves unknown what the disk holds: {_failure.Message} Close the store and open it again.", _failure);
    }

    /// <summary>Cuts off what a write that was broken off left behind the whole transactions, and deletes files of other sets.</summary>
    private void DropLeftovers(long end)
    {
        if (_log.Length > end)
        {
            _log.Truncate(end);
            if (_waits)
                _log.Sync();
        }

        foreach (var name in _folder.List())
            if (Manifest.IsStoreFile(name) && !_manifest.Files.Contains(name))
                TryDelete(name);
    }

    private bool TryDelete(string name)
    {
        try
        {
            _folder.Delete(name);
            return true;
        }
        catch (IOException)
        {
            return false; // a file that nothing names harms nobody; the next opening tries again
        }
    }
}
