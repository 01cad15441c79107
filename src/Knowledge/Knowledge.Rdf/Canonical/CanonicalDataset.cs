namespace Knowledge.Rdf.Canonical;

/// <summary>A dataset with canonical labels: isomorphic datasets have equal text and equal hashes.</summary>
/// <param name="NQuads">Canonical N-Quads: lines without duplicates, in code point order, each with a line feed.</param>
/// <param name="IssuedIdentifiers">Canonical labels by the labels of the input, both without <c>_:</c>.</param>
/// <param name="Hash">Hash of the UTF-8 of <paramref name="NQuads"/>, in lower-case hexadecimal digits.</param>
public sealed record CanonicalDataset(string NQuads, IReadOnlyDictionary<string, string> IssuedIdentifiers, string Hash);
