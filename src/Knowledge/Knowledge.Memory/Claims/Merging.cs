namespace Knowledge.Memory;

/// <summary>Merges of entities: claims that one is the other.</summary>
internal static class Merging
{
    /// <summary>The property of merges.</summary>
    public const string SameAs = "http://www.w3.org/2002/07/owl#sameAs";
}
