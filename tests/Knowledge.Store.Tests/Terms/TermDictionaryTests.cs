using System.Buffers;
using System.Globalization;
using System.Text;
using CsCheck;
using Knowledge.Rdf;

namespace Knowledge.Store.Tests.Terms;

public class TermDictionaryTests
{
    [Fact]
    public void Intern_RandomTexts_GivesTheIdsOfAnOrdinaryDictionary() =>
        Gen.OneOf(Gen.Int[0, 300].Select(i => $"<http://a/{i}>"), Gen.String[0, 200].Select(s => $"<{s}>"), Gen.Int[-9, 9].Select(i => $"\"{i}\"^^<{XsdVocabulary.Integer}>"))
            .Select(s => Encoding.UTF8.GetBytes(s)).List[0, 2000].Sample(texts =>
            {
                var dictionary = new TermDictionary();
                var twin = new Dictionary<string, uint>();
                foreach (var text in texts)
                {
                    var key = Convert.ToHexString(text);
                    var known = dictionary.TryFind(text, out var before);
                    Assert.Equal(InlineTerm.TryEncode(text, out _) || twin.ContainsKey(key), known);
                    var id = dictionary.Intern(text);
                    if (!InlineTerm.IsInline(id))
                        Assert.Equal(twin.TryGetValue(key, out var there) ? there : twin[key] = (uint)twin.Count + 1, id);
                    if (known)
                        Assert.Equal(before.Value, id);
                    Assert.True(text.AsSpan().SequenceEqual(Written(dictionary, id)));
                }

                Assert.Equal(twin.Count, dictionary.Count);
            }, iter: 50);

    [Fact]
    public void Intern_TextOfSeveralSegments_ComesBack()
    {
        var dictionary = new TermDictionary();
        var texts = Enumerable.Range(0, 40).Select(i => Encoding.UTF8.GetBytes($"\"{new string((char)('a' + (i % 26)), i * 20_000)}{i}\"")).ToList();
        var ids = texts.ConvertAll(t => dictionary.Intern(t));

        Assert.All(texts.Zip(ids), p => Assert.True(p.First.AsSpan().SequenceEqual(Written(dictionary, p.Second))));
    }

    [Fact]
    public void Intern_TooLongText_IsATypedError()
    {
        var error = Assert.Throws<StoreLimitException>(() => new TermDictionary().Intern(new byte[TermArena.MaxTermBytes + 1]));
        Assert.Contains(TermArena.MaxTermBytes.ToString(CultureInfo.InvariantCulture), error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Text_UnknownId_Throws() => Assert.Throws<ArgumentOutOfRangeException>(() => Written(new TermDictionary(), 1));

    [Fact]
    public async Task TryFind_WhileAnotherThreadAdds_FindsAllThatWasThere()
    {
        const int Terms = 30_000;
        var dictionary = new TermDictionary();
        var published = 0;
        var writer = Task.Run(() =>
        {
            for (var i = 1; i <= Terms; i++)
            {
                dictionary.Intern(Name(i));
                Volatile.Write(ref published, i);
            }
        });
        var readers = Enumerable.Range(0, 2).Select(seed => Task.Run(() =>
        {
            var random = new Random(seed);
            int there;
            do
            {
                there = Volatile.Read(ref published);
                var k = random.Next(1, there + 1);
                if (there == 0)
                    continue;
                Assert.True(dictionary.TryFind(Name(k), out var id));
                Assert.Equal((uint)k, id.Value);
                Assert.Equal(Name(k), Written(dictionary, id.Value));
            }
            while (there < Terms);
        }));
        await Task.WhenAll([writer, .. readers]);
    }

    private static byte[] Name(int i) => Encoding.UTF8.GetBytes("<http://example.org/" + i.ToString(CultureInfo.InvariantCulture) + ">");

    private static byte[] Written(TermDictionary dictionary, uint id)
    {
        var output = new ArrayBufferWriter<byte>();
        dictionary.Write(new TermId(id), output);
        return output.WrittenSpan.ToArray();
    }
}
