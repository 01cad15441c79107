namespace Knowledge.Store;

/// <summary>The little that a store asks of a file system. Tests put one in its place that fails at a given write.</summary>
internal interface IStoreFolder : IDisposable
{
    /// <summary>Names of all files.</summary>
    IReadOnlyList<string> List();

    /// <summary>Opens a file for reading.</summary>
    IStoreReader Read(string name);

    /// <summary>Makes an empty file, in place of one that is there.</summary>
    IStoreFile Create(string name);

    /// <summary>Opens a file for writing behind what it holds.</summary>
    IStoreFile Append(string name);

    /// <summary>Gives a file another name, in one step; a file of that name is replaced.</summary>
    void Rename(string from, string to);

    /// <summary>Deletes a file.</summary>
    void Delete(string name);

    /// <summary>Waits until the names of the files are on the disk.</summary>
    void Sync();
}

/// <summary>A file that is read.</summary>
internal interface IStoreReader : IDisposable
{
    /// <summary>Its length in bytes.</summary>
    long Length { get; }

    /// <summary>Reads all of a span, or up to the end of the file.</summary>
    /// <returns>How many bytes were read.</returns>
    int Read(long offset, Span<byte> target);
}

/// <summary>A file that is written.</summary>
internal interface IStoreFile : IDisposable
{
    /// <summary>Its length in bytes.</summary>
    long Length { get; }

    /// <summary>Writes behind what it holds.</summary>
    void Write(ReadOnlySpan<byte> bytes);

    /// <summary>Cuts it off.</summary>
    void Truncate(long length);

    /// <summary>Waits until it is on the disk.</summary>
    void Sync();
}
