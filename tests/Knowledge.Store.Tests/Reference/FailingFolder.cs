namespace Knowledge.Store.Tests.Reference;

/// <summary>A folder in memory in which one operation fails, and which knows what a loss of power would leave.</summary>
internal sealed class FailingFolder : IStoreFolder
{
    private Dictionary<string, Content> _names = [];
    private Dictionary<string, Content> _durableNames = [];
    private bool _isDown;

    /// <summary>What happens at the operation that fails.</summary>
    public enum Fault
    {
        /// <summary>It is not done; later ones are.</summary>
        Once,

        /// <summary>A write is done half; later ones are done.</summary>
        Torn,

        /// <summary>It is not done, and none after it.</summary>
        Down,

        /// <summary>A write is done half, and nothing after it.</summary>
        TornDown,
    }

    /// <summary>Operations so far that changed something.</summary>
    public int Operations { get; private set; }

    /// <summary>The operation that fails, from 1; 0 for none.</summary>
    public int FailAt { get; set; }

    public Fault Kind { get; set; }

    /// <summary>What the next process finds.</summary>
    /// <param name="powerLost">Whether what was not waited for is gone.</param>
    public FailingFolder Restarted(bool powerLost)
    {
        var next = new FailingFolder();
        foreach (var (name, content) in powerLost ? _durableNames : _names)
            next._names[name] = new Content { Bytes = [.. powerLost ? content.Durable : content.Bytes] };
        foreach (var (name, content) in next._names)
        {
            content.Durable = [.. content.Bytes];
            next._durableNames[name] = content;
        }

        return next;
    }

    /// <summary>The bytes of a file, to be damaged.</summary>
    public List<byte> this[string name] => _names[name].Bytes;

    public IReadOnlyList<string> List() => [.. _names.Keys.Order(StringComparer.Ordinal)];

    public IStoreReader Read(string name) => new Handle(this, _names[name]);

    public IStoreFile Create(string name)
    {
        Operate();
        return new Handle(this, _names[name] = new Content());
    }

    public IStoreFile Append(string name) => new Handle(this, _names[name]);

    public void Rename(string from, string to)
    {
        Operate();
        _names.Remove(from, out var content);
        _names[to] = content!;
    }

    public void Delete(string name)
    {
        Operate();
        _names.Remove(name);
    }

    public void Sync()
    {
        Operate();
        _durableNames = new Dictionary<string, Content>(_names);
    }

    public void Dispose()
    {
    }

    private void Operate(Action? half = null)
    {
        if (_isDown)
            throw new IOException("The disk is gone.");
        if (++Operations != FailAt)
            return;
        _isDown = Kind is Fault.Down or Fault.TornDown;
        if (Kind is Fault.Torn or Fault.TornDown)
            half?.Invoke();
        throw new IOException($"Operation {FailAt} failed.");
    }

    private sealed class Content
    {
        public List<byte> Bytes { get; set; } = [];

        public List<byte> Durable { get; set; } = [];
    }

    private sealed class Handle(FailingFolder folder, Content content) : IStoreFile, IStoreReader
    {
        // As on a real disk, a write that failed may have left bytes behind what the writer knows of.
        public long Length { get; private set; } = content.Bytes.Count;

        public int Read(long offset, Span<byte> target)
        {
            var count = (int)Math.Clamp(content.Bytes.Count - offset, 0, target.Length);
            System.Runtime.InteropServices.CollectionsMarshal.AsSpan(content.Bytes).Slice((int)Math.Min(offset, content.Bytes.Count), count).CopyTo(target);
            return count;
        }

        public void Write(ReadOnlySpan<byte> bytes)
        {
            var copy = bytes.ToArray();
            folder.Operate(() => Put(copy.AsSpan(0, copy.Length / 2)));
            Put(copy);
            Length += copy.Length;
        }

        public void Truncate(long length)
        {
            folder.Operate();
            content.Bytes.RemoveRange((int)length, content.Bytes.Count - (int)length);
            Length = length;
        }

        public void Sync()
        {
            folder.Operate();
            content.Durable = [.. content.Bytes];
        }

        public void Dispose()
        {
        }

        private void Put(ReadOnlySpan<byte> bytes)
        {
            content.Bytes.RemoveRange((int)Length, content.Bytes.Count - (int)Length);
            content.Bytes.AddRange(bytes);
        }
    }
}
