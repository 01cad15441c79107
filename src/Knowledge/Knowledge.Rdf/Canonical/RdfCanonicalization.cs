using System.Security.Cryptography;
using System.Text;

namespace Knowledge.Rdf.Canonical;

/// <summary>RDF Dataset Canonicalization, RDFC-1.0: labels for blank nodes that depend on nothing but the dataset.</summary>
/// <remarks>
/// <para>Source: RDF Dataset Canonicalization, W3C Recommendation of 21 May 2024, section 4.</para>
/// <para>Limits: where blank nodes name graphs, the Recommendation's own algorithm may take two nodes for alike that are not, as a hash of related nodes does not say in which position the
/// node itself stands (<c>_:a :p _:x _:y . _:b :p _:y _:x . _:a :q 1 .</c>). Their labels then follow the order of the quads, here as in other implementations.</para>
/// </remarks>
public sealed class RdfCanonicalization
{
    private readonly CanonicalizationOptions _options;
    private readonly Dictionary<string, List<QuadText>> _quadsOf = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _firstDegree = new(StringComparer.Ordinal);
    private readonly IdentifierIssuer _canonical = new("c14n");
    private int _work;

    private RdfCanonicalization(CanonicalizationOptions options) => _options = options;

    /// <summary>Canonical labels, text and hash of a dataset (4.4).</summary>
    /// <param name="quads">The quads; duplicates count once.</param>
    /// <param name="options">Options, or null for the defaults.</param>
    /// <exception cref="CanonicalizationLimitException">The dataset takes more work than the options allow.</exception>
    /// <exception cref="NotSupportedException">There is a triple term, which RDFC-1.0 does not know.</exception>
    public static CanonicalDataset Canonicalize(IEnumerable<Quad> quads, CanonicalizationOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(quads);
        var all = quads.Select(QuadText.Of).Distinct().ToArray();
        var run = new RdfCanonicalization(options ?? new CanonicalizationOptions());
        run.IssueAll(all);
        var lines = Array.ConvertAll(all, q => q.Line(label => "_:" + run._canonical.Issue(label)));
        Array.Sort(lines, CodePointComparer.Instance);
        var text = string.Concat(lines.Distinct(StringComparer.Ordinal));
        return new CanonicalDataset(text, run._canonical.Issued, run.Hash(text));
    }

    private void IssueAll(QuadText[] all)
    {
        foreach (var quad in all)
        {
            foreach (var label in quad.BlankNodes.Distinct(StringComparer.Ordinal))
            {
                if (!_quadsOf.TryGetValue(label, out var quads))
                    _quadsOf[label] = quads = [];
                quads.Add(quad);
            }
        }

        var groups = _quadsOf.Keys.GroupBy(HashFirstDegreeQuads, StringComparer.Ordinal).OrderBy(g => g.Key, StringComparer.Ordinal).Select(g => g.ToArray()).ToArray();
        foreach (var group in groups)
            if (group.Length == 1)
                _canonical.Issue(group[0]);
        foreach (var group in groups)
            if (group.Length > 1)
                IssueGroup(group);
    }

    /// <summary>Step 5: blank nodes whose neighbourhoods of first degree are the same.</summary>
    private void IssueGroup(string[] labels)
    {
        var paths = new List<(string Hash, IdentifierIssuer Issuer)>();
        foreach (var label in labels)
        {
            if (_canonical.Issued.ContainsKey(label))
                continue;
            var issuer = new IdentifierIssuer("b");
            issuer.Issue(label);
            paths.Add(HashNDegreeQuads(label, issuer, 1));
        }

        foreach (var (_, issuer) in paths.OrderBy(p => p.Hash, StringComparer.Ordinal))
            foreach (var label in issuer.Order)
                _canonical.Issue(label);
    }

    /// <summary>Hash First Degree Quads (4.6).</summary>
    private string HashFirstDegreeQuads(string label)
    {
        if (_firstDegree.TryGetValue(label, out var known))
            return known;
        var lines = _quadsOf[label].ConvertAll(q => q.Line(other => other == label ? "_:a" : "_:z"));
        lines.Sort(CodePointComparer.Instance);
        return _firstDegree[label] = Hash(string.Concat(lines));
    }

    /// <summary>Hash Related Blank Node (4.7).</summary>
    private string HashRelatedBlankNode(string related, QuadText quad, IdentifierIssuer issuer, char position)
    {
        var input = new StringBuilder().Append(position);
        if (position != 'g')
            input.Append(quad.Predicate);
        if (_canonical.Issued.TryGetValue(related, out var identifier) || issuer.Issued.TryGetValue(related, out identifier))
            input.Append("_:").Append(identifier);
        else
            input.Append(HashFirstDegreeQuads(related));
        return Hash(input.ToString());
    }

    /// <summary>Hash N-Degree Quads (4.8).</summary>
    private (string Hash, IdentifierIssuer Issuer) HashNDegreeQuads(string label, IdentifierIssuer issuer, int depth)
    {
        if (depth > _options.MaxDepth)
            throw new CanonicalizationLimitException(nameof(CanonicalizationOptions.MaxDepth), _options.MaxDepth);
        var data = new StringBuilder();
        foreach (var (hash, related) in RelatedByHash(label, issuer))
        {
            data.Append(hash);
            string? chosen = null;
            IdentifierIssuer? chosenIssuer = null;
            foreach (var order in Permutations.Of(related))
            {
                if (PathOf(order, issuer, chosen, depth) is not { } path)
                    continue;
                if (chosen is null || CodePointComparer.Instance.Compare(path.Path, chosen) < 0)
                    (chosen, chosenIssuer) = path;
            }

            data.Append(chosen);
            issuer = chosenIssuer!;
        }

        return (Hash(data.ToString()), issuer);
    }

    private SortedDictionary<string, List<string>> RelatedByHash(string label, IdentifierIssuer issuer)
    {
        var result = new SortedDictionary<string, List<string>>(StringComparer.Ordinal);
        foreach (var quad in _quadsOf[label])
        {
            foreach (var (related, position) in quad.Positions)
            {
                if (related == label)
                    continue;
                var hash = HashRelatedBlankNode(related, quad, issuer, position);
                if (!result.TryGetValue(hash, out var labels))
                    result[hash] = labels = [];
                labels.Add(related);
            }
        }

        return result;
    }

    /// <summary>The path through related blank nodes in one order, or null where it cannot be the least.</summary>
    private (string Path, IdentifierIssuer Issuer)? PathOf(string[] order, IdentifierIssuer issuer, string? chosen, int depth)
    {
        if (++_work > _options.MaxWork)
            throw new CanonicalizationLimitException(nameof(CanonicalizationOptions.MaxWork), _options.MaxWork);
        issuer = issuer.Copy();
        var path = new StringBuilder();
        var recursion = new List<string>();
        foreach (var related in order)
        {
            if (!_canonical.Issued.TryGetValue(related, out var identifier))
            {
                if (!issuer.Issued.ContainsKey(related))
                    recursion.Add(related);
                identifier = issuer.Issue(related);
            }

            path.Append("_:").Append(identifier);
            if (IsBeyond(path, chosen))
                return null;
        }

        foreach (var related in recursion)
        {
            var result = HashNDegreeQuads(related, issuer, depth + 1);
            path.Append("_:").Append(issuer.Issue(related)).Append('<').Append(result.Hash).Append('>');
            issuer = result.Issuer;
            if (IsBeyond(path, chosen))
                return null;
        }

        return (path.ToString(), issuer);
    }

    private static bool IsBeyond(StringBuilder path, string? chosen) =>
        chosen is not null && path.Length >= chosen.Length && CodePointComparer.Instance.Compare(path.ToString(), chosen) > 0;

    private string Hash(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        return Convert.ToHexStringLower(_options.Hash == CanonicalizationHash.Sha384 ? SHA384.HashData(bytes) : SHA256.HashData(bytes));
    }
}
