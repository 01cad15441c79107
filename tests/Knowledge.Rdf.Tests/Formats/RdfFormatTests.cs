using System.IO.Compression;
using System.Text;

namespace Knowledge.Rdf.Tests.Formats;

public sealed class RdfFormatTests
{
    [Fact]
    public void Lookups_OfEveryFormat_FindIt()
    {
        foreach (var format in RdfFormat.All)
        {
            Assert.All(format.MediaTypes, type => Assert.True(RdfFormat.TryByMediaType(type.ToUpperInvariant() + "; charset=utf-8", out var found) && found == format));
            Assert.All(format.Extensions, extension => Assert.True(RdfFormat.TryByFileName($"a.b/c.{extension}.gz", out var found) && found == format));
            Assert.All(format.Extensions.Append(format.Name), name => Assert.True(RdfFormat.TryByName(name, out var found) && found == format));
        }

        Assert.False(RdfFormat.TryByFileName("a.gz", out _));
        Assert.False(RdfFormat.TryByMediaType("text/html", out _));
        Assert.False(RdfFormat.TryByName("csv", out _));
    }

    [Fact]
    public void ReadFile_Gzip_IsReadAsIfItWereNot()
    {
        var folder = Directory.CreateTempSubdirectory();
        try
        {
            var path = Path.Combine(folder.FullName, "a.ttl.gz");
            using (var gzip = new GZipStream(File.Create(path), CompressionLevel.Fastest))
                gzip.Write(Encoding.UTF8.GetBytes("<x> <urn:p> 1 ."));
            var quad = Assert.Single(Dataset.Load(path).Quads);
            Assert.Equal(new Uri(path).AbsoluteUri.Replace("a.ttl.gz", "x", StringComparison.Ordinal), ((Iri)quad.Subject).Value);
            Assert.Throws<NotSupportedException>(() => Dataset.Load(Path.Combine(folder.FullName, "a.csv")));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void PrefixMap_ExpandAndShorten_AreOpposites()
    {
        var prefixes = new PrefixMap().Add("ex", "http://example.org/").Add("exp", "http://example.org/p#");
        Assert.Equal("http://example.org/p#a", prefixes.Expand("exp:a"));
        Assert.True(prefixes.TryShorten("http://example.org/p#a", out var name));
        Assert.Equal("exp:a", name);
        Assert.False(prefixes.TryShorten("http://example.org/a/b", out _));
        Assert.Throws<KeyNotFoundException>(() => prefixes.Expand("no:a"));
        Assert.Throws<FormatException>(() => prefixes.Expand("a"));
    }

    [Fact]
    public void Vocabulary_Triple_HasThreeNames() =>
        Assert.Equal("<urn:f#ada> <urn:f#parent> <urn:f#cleo> .", new Vocabulary("urn:f#").Triple("ada", "parent", "cleo").ToString());
}
