using System.Text;
using System.Text.RegularExpressions;
using Backends.Serving.Tokenization;

namespace Backends.Serving.Tests.Reference;

/// <summary>The obvious encoder: cut at added tokens by trying every place, then apply the merges one after the other to every word.</summary>
internal static class NaiveBpe
{
    public static int[] Encode(TokenizerDefinition definition, string text, bool withControl)
    {
        var added = definition.AddedTokens.Where(t => withControl || !t.Value.Special).OrderByDescending(t => t.Value.Content.Length).ToList();
        var ids = new List<int>();
        var plain = new StringBuilder();
        for (var at = 0; at < text.Length;)
        {
            var hit = added.FirstOrDefault(t => text[at..].StartsWith(t.Value.Content, StringComparison.Ordinal));
            if (hit.Value is null)
            {
                plain.Append(text[at++]);
                continue;
            }
            ids.AddRange(Words(definition, plain.ToString()));
            plain.Clear();
            ids.Add(hit.Key);
            at += hit.Value.Content.Length;
        }
        ids.AddRange(Words(definition, plain.ToString()));
        return [.. ids];
    }

    private static IEnumerable<int> Words(TokenizerDefinition definition, string text) =>
        Regex.Matches(text, definition.Pattern).SelectMany(word => Word(definition, word.Value));

    private static IEnumerable<int> Word(TokenizerDefinition definition, string word)
    {
        var parts = Encoding.UTF8.GetBytes(word).Select(b => ByteAlphabet.ToChar(b).ToString()).ToList();
        foreach (var (left, right) in definition.Merges)
            for (var i = 0; i + 1 < parts.Count; i++)
                if (parts[i] == left && parts[i + 1] == right)
                {
                    parts[i] = left + right;
                    parts.RemoveAt(i + 1);
                }
        return parts.Select(p => definition.Vocabulary[p]);
    }
}
