namespace Knowledge.Rdf.Canonical;

/// <summary>What RDFC-1.0 takes from its caller.</summary>
public sealed record CanonicalizationOptions
{
    /// <summary>Hash function of the algorithm and of <see cref="CanonicalDataset.Hash"/>.</summary>
    /// <value>The default is SHA-256.</value>
    public CanonicalizationHash Hash { get; init; } = CanonicalizationHash.Sha256;

    /// <summary>
    /// Steps of Hash N-Degree Quads, permutations included, that one dataset may take. Ordinary data take a few for each group of blank nodes that look alike;
    /// graphs made to be hard take factorially many.
    /// </summary>
    /// <value>The default is 65,536.</value>
    public int MaxWork { get; init; } = 1 << 16;

    /// <summary>How far Hash N-Degree Quads may go from one blank node to the next.</summary>
    /// <value>The default is 512.</value>
    public int MaxDepth { get; init; } = 512;
}

/// <summary>Hash functions of RDFC-1.0.</summary>
public enum CanonicalizationHash
{
    /// <summary>SHA-256, 64 hexadecimal digits.</summary>
    Sha256,

    /// <summary>SHA-384, 96 hexadecimal digits.</summary>
    Sha384,
}

/// <summary>A dataset whose blank nodes cannot be told apart within the limits: it may be made to be hard.</summary>
public sealed class CanonicalizationLimitException : InvalidOperationException
{
    /// <summary>A limit that was reached.</summary>
    /// <param name="limit">Name of the limit, a member of <see cref="CanonicalizationOptions"/>.</param>
    /// <param name="value">Its value.</param>
    public CanonicalizationLimitException(string limit, int value)
        : base($"Canonical labels need more than {nameof(CanonicalizationOptions)}.{limit} = {value} allows; the dataset has many blank nodes that look alike. Raise the limit if the data is trusted.")
    {
        Limit = limit;
    }

    /// <summary>Name of the limit.</summary>
    public string Limit { get; }
}
