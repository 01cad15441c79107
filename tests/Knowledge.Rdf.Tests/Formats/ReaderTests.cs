using System.Text;
using CsCheck;

namespace Knowledge.Rdf.Tests.Formats;

public sealed class ReaderTests
{
    private const string Tricky = """
        @prefix ex: <http://example.org/ns#> . # a comment é
        PREFIX : <http://example.org/>
        BASE <http://example.org/base/>
        VERSION "1.2"
        :a ex:p "x\u00E9\n" , 'y"' , '''long
        "text" ''' , 1 , -2.5 , 1e9 , true ; a <rel/../x#f> .
        [ :p ( 1 2 ( :x ) [] ) ] :q _:b.1 .
        << :s :p :o ~ :r >> :q <<( :s :p "o"@en-GB--ltr )>> .
        :s :p :o {| :since 1 ; :by [ :name "é€😀" ] |} ~ _:r2 , ex:caf\~\%41%20 .
        """;

    public static TheoryData<string> Names => new(RdfFormat.All.Select(f => f.Name));

    [Theory, MemberData(nameof(Names))]
    public void Read_AnySplit_GivesWhatTheWholeGives(string name)
    {
        var format = Format(name);
        Gen.Select(Documents.QuadsFor(format), Gen.Int[0, 1000], Gen.Int[0, 3]).Sample((quads, seed, faults) =>
        {
            var bytes = Mutated(Encoding.UTF8.GetBytes(format.Write(quads)), seed, faults);
            var whole = Documents.Lines(sink => format.Read(bytes, sink));
            var split = Documents.Lines(sink => format.Read(new TrickleStream(bytes, seed), sink));
            if (format == RdfFormat.RdfXml && split.Count > 0 && split[^1].StartsWith("Line", StringComparison.Ordinal))
                split[^1] = whole[^1].StartsWith("Line", StringComparison.Ordinal) ? whole[^1] : split[^1]; // the words of XmlReader's own errors show what its buffer holds
            Assert.Equal(whole, split);
        }, iter: 300);
    }

    [Fact]
    public void Read_TrickyTurtleAndMutants_AnySplitGivesWhatTheWholeGives()
    {
        var text = Encoding.UTF8.GetBytes(Tricky);
        Assert.Equal(31, Documents.Lines(sink => RdfFormat.Turtle.Read(text, sink)).Count);
        Gen.Select(Gen.Int[0, 100_000], Gen.Int[0, 3]).Sample((seed, faults) =>
        {
            var bytes = Mutated(text, seed, faults);
            var whole = Documents.Lines(sink => RdfFormat.TriG.Read(bytes, sink));
            Assert.Equal(whole, Documents.Lines(sink => RdfFormat.TriG.Read(new TrickleStream(bytes, seed), sink)));
        }, iter: 1000);
    }

    [Fact]
    public void Read_StreamThatLosesAByte_IsSeenByTheComparison()
    {
        var text = Encoding.UTF8.GetBytes(Tricky);
        var whole = Documents.Lines(sink => RdfFormat.Turtle.Read(text, sink));
        var seen = Enumerable.Range(0, text.Length).Count(at => !whole.SequenceEqual(Documents.Lines(sink => RdfFormat.Turtle.Read(new TrickleStream(text, at) { Lost = at }, sink))));
        Assert.InRange(seen, text.Length / 2, text.Length); // the others were white space and comments
    }

    [Theory]
    [InlineData("N-Triples", "<urn:a> <urn:p> \"x", 1, 17, "ends within a string")]
    [InlineData("N-Triples", "<urn:a> <urn:p> <urn:b> .\n\r\n<urn:a> \"p\" <urn:b> .", 3, 9, "predicate")]
    [InlineData("N-Triples", "<urn:a> <urn:p> <urn:b> . <urn:a> <urn:p> <urn:b> .", 1, 27, "follows the full stop")]
    [InlineData("N-Triples", "<a> <urn:p> <urn:b> .", 1, 1, "no scheme")]
    [InlineData("N-Triples", "<urn:a> <urn:p> \"\\ud83d\" .", 1, 18, "does not name a character")]
    [InlineData("N-Triples", "<urn:a> <urn:p> \"x\"@en-toolongsubtag .", 1, 20, "1 to 8 characters")]
    [InlineData("N-Triples", "<urn:a> <urn:p> <urn:b> <urn:g> .", 1, 25, "full stop")]
    [InlineData("N-Quads", "<urn:a> <urn:p> <urn:b> \"g\" .", 1, 25, "full stop")]
    [InlineData("N-Triples", "<urn:a> <urn:p> <http://a:x/> .", 1, 17, "port")]
    [InlineData("N-Triples", "<urn:a> <urn:p> <urn:a%2> .", 1, 17, "hexadecimal")]
    [InlineData("Turtle", "é:a <urn:p> 1 .", 1, 1, "not declared")]
    [InlineData("Turtle", "<urn:a> <urn:p>\n  é€ .", 2, 3, "no keyword")]
    [InlineData("Turtle", "<urn:a> <urn:p> 'x\n' .", 1, 19, "line ends within a string")]
    [InlineData("Turtle", "<urn:a> <urn:p> [ <urn:q> 1 .", 1, 29, "']'")]
    [InlineData("Turtle", "<urn:a> <urn:p> 1 ", 1, 19, "the end of the text")]
    [InlineData("Turtle", "<urn:a> <urn:p> +x .", 1, 18, "digit")]
    [InlineData("Turtle", "@base <b> .", 1, 7, "no scheme")]
    [InlineData("TriG", "<urn:g> { <urn:a> <urn:p> 1 , }", 1, 31, "an object must")]
    [InlineData("RDF/XML", "<a/>", 1, 2, "no namespace")]
    [InlineData("RDF/XML", "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'>\n x</rdf:RDF>", 1, 66, "text 'x'")]
    [InlineData("RDF/XML", "<rdf:RDF", 1, 9, "end")]
    [InlineData("RDF/XML", "<x:a xmlns:x='urn:x#'><x:p xml:lang='@e'>a</x:p></x:a>", 1, 28, "no language tag")]
    [InlineData("RDF/XML", "<x:a xmlns:x='urn:x#'><x:p xml:lang='en--ltr'>a</x:p></x:a>", 1, 28, "two dashes")]
    public void Read_Mistake_SaysWhatAndWhere(string format, string text, int line, int column, string problem)
    {
        var wrong = Assert.Throws<RdfSyntaxException>(() => Dataset.Parse(text, Format(format)));
        Assert.Contains(problem, wrong.Message, StringComparison.OrdinalIgnoreCase);
        Assert.Equal((line, column), ((int)wrong.Line, (int)wrong.Column));
    }

    [Fact]
    public void Read_ByteThatIsNoUtf8_IsAnErrorInEachPlace()
    {
        foreach (var format in new[] { RdfFormat.NTriples, RdfFormat.NQuads, RdfFormat.Turtle, RdfFormat.TriG })
            foreach (var text in new[] { "<urn:\u00FF> <urn:p> <urn:b> .", "<urn:a> <urn:p> \"\u00FF\" .", "_:\u00FF <urn:p> <urn:b> ." })
                Assert.Throws<RdfSyntaxException>(() => format.Read(Encoding.Latin1.GetBytes(text), new Dataset()));
    }

    [Fact]
    public void Read_CanonicalNTriples_GivesItsOwnBytes()
    {
        const string Line = "<http://a.example/é> <urn:p> \"x\\\"\\u0001é\"@en--rtl .";
        Assert.Equal(Line, Assert.Single(Dataset.Parse(Line, RdfFormat.NTriples).Quads).ToString());
    }

    [Theory]
    [InlineData("Turtle", "[ <urn:p> ", "1", " ]", "MaxDepth")]
    [InlineData("Turtle", "( ", "1", " )", "MaxDepth")]
    [InlineData("TriG", "<< ", "<urn:s>", " <urn:p> 1 >>", "MaxDepth")]
    [InlineData("Turtle", "<<( <urn:s> <urn:p> ", "1", " )>>", "MaxDepth")]
    [InlineData("N-Triples", "<<( <urn:s> <urn:p> ", "\"1\"", " )>>", "MaxDepth")]
    [InlineData("Turtle", "1 {| <urn:p> ", "1", " |}", "MaxDepth")]
    public void Read_NestedPastTheLimit_NamesTheLimit(string format, string open, string inner, string close, string limit)
    {
        string Nested(int depth) => $"<urn:a> <urn:p> {string.Concat(Enumerable.Repeat(open, depth))}{inner}{string.Concat(Enumerable.Repeat(close, depth))} .";
        Assert.NotEmpty(Dataset.Parse(Nested(20), Format(format)).Quads);
        var wrong = Assert.Throws<RdfSyntaxException>(() => Dataset.Parse(Nested(100_000), Format(format)));
        Assert.Contains(limit, wrong.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_XmlDeclarationOfOtherThanAscii_IsASyntaxError()
    {
        // Found by the fuzz: for some lengths of the first piece the platform's reader throws something else, for others it takes it.
        var text = Encoding.UTF8.GetBytes("<?xml version=\"1.0é\"?>\n<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\"/>");
        var messages = Enumerable.Range(1, text.Length).Select(length => Assert.Throws<RdfSyntaxException>(() => RdfFormat.RdfXml.Read(new Pieces(text, length), new Dataset())).Message).ToList();
        Assert.All(messages, m => Assert.Contains("XML declaration", m, StringComparison.Ordinal));
    }

    [Fact]
    public void Read_XmlNestedPastTheLimit_NamesTheLimit()
    {
        var text = $"<x:a xmlns:x='urn:x#'>{string.Concat(Enumerable.Repeat("<x:p><x:a>", 50_000))}";
        var wrong = Assert.Throws<RdfSyntaxException>(() => Dataset.Parse(text, RdfFormat.RdfXml));
        Assert.Contains("MaxDepth", wrong.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("N-Triples", "<urn:a> <urn:p> \"{0}\" .")]
    [InlineData("N-Quads", "# {0}")]
    [InlineData("N-Triples", "_:{0} <urn:p> <urn:b> .")]
    [InlineData("Turtle", "<urn:a> <urn:p> \"{0}\" .")]
    [InlineData("Turtle", "<urn:a> <urn:p> \"\"\"{0}\"\"\" .")]
    [InlineData("Turtle", "<urn:a> <urn:{0}> 1 .")]
    [InlineData("Turtle", "_:{0} <urn:p> 1 .")]
    [InlineData("TriG", "@prefix x: <urn:x> . x:{0} <urn:p> 1 .")]
    [InlineData("Turtle", "@prefix x: <urn:x> . x:\\~{0} <urn:p> 1 .")]
    [InlineData("RDF/XML", "<x:a xmlns:x='urn:x#'><x:p>{0}</x:p></x:a>")]
    public void Read_TokenPastTheLimit_NamesTheLimitForAnySplit(string name, string pattern)
    {
        var format = Format(name);
        var options = new RdfReaderOptions { MaxTokenBytes = 1000 };
        var longest = Encoding.UTF8.GetBytes(pattern.Replace("{0}", new string('a', 900), StringComparison.Ordinal));
        var tooLong = Encoding.UTF8.GetBytes(pattern.Replace("{0}", new string('a', 300_000), StringComparison.Ordinal));
        format.Read(longest, new Dataset(), options);
        var whole = Assert.Throws<RdfSyntaxException>(() => format.Read(tooLong, new Dataset(), options));
        var split = Assert.Throws<RdfSyntaxException>(() => format.Read(new TrickleStream(tooLong, 1, 5000), new Dataset(), options));
        Assert.Contains("MaxTokenBytes", whole.Message, StringComparison.Ordinal);
        Assert.Contains("MaxTokenBytes", split.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_TwoScopes_NoNodeIsInBoth()
    {
        const string Text = "_:a <urn:p> [] , _:a , _:genid-0 , _:x-a , _:b .";
        string[] scopes = ["", "x", "y", "xx"];
        var nodes = scopes.SelectMany(scope => Dataset.Parse(Text, RdfFormat.Turtle, new RdfReaderOptions { BlankNodeScope = scope }).Quads.Select(q => q.Object).Distinct()).ToList();
        Assert.Equal(20, nodes.Count);
        Assert.Equal(20 - 1, nodes.Distinct().Count()); // without a scope a label stays what it is, x-a too
        Assert.Equal(15, nodes.Skip(5).Distinct().Count());
        Assert.Throws<ArgumentException>(() => Dataset.Parse(Text, RdfFormat.NTriples, new RdfReaderOptions { BlankNodeScope = "a b" }));
    }

    [Fact]
    public void Read_ScopeInNTriples_IsPutBeforeEachLabel()
    {
        var quad = Assert.Single(Dataset.Parse("_:a <urn:p> <<( _:b <urn:p> _:a )>> .", RdfFormat.NTriples, new RdfReaderOptions { BlankNodeScope = "s1" }).Quads);
        Assert.Equal("_:s1-a <urn:p> <<( _:s1-b <urn:p> _:s1-a )>> .", quad.ToString());
    }

    [Fact]
    public void Read_EscapesInEachPartOfALiteral_MakeItCanonical()
    {
        Assert.Equal("<urn:a> <urn:p> \"é\"^^<urn:é> .", Assert.Single(Dataset.Parse("<urn:\\u0061> <urn:p>\"\\u00E9\" ^^ <urn:\\u00E9>.", RdfFormat.NTriples).Quads).ToString());
        Assert.Equal("<urn:a> <urn:p> \"x\"^^<urn:é> .", Assert.Single(Dataset.Parse("<urn:a> <urn:p> \"x\"^^<urn:\\u00E9> .", RdfFormat.NTriples).Quads).ToString());
        Assert.Equal("<urn:a> <urn:p> \"a\\\"\"@de-ch .", Assert.Single(Dataset.Parse("<urn:a> <urn:p> \"\\u0061\\\"\" @de-CH.", RdfFormat.NTriples).Quads).ToString());
        Assert.Equal("<urn:a> <urn:p> \"a\" .", Assert.Single(Dataset.Parse("<urn:a> <urn:p> \"a\"^^<http://www.w3.org/2001/XMLSchema#string> .", RdfFormat.NTriples).Quads).ToString());
    }

    private static RdfFormat Format(string name) => RdfFormat.TryByName(name, out var format) ? format : throw new ArgumentException(name);

    /// <summary>Changes, takes out, doubles or cuts off some bytes.</summary>
    private static byte[] Mutated(byte[] bytes, int seed, int faults)
    {
        var random = new Random(seed);
        var mutant = bytes.ToList();
        for (var fault = 0; fault < faults && mutant.Count > 0; fault++)
        {
            var at = random.Next(mutant.Count);
            switch (random.Next(4))
            {
                case 0: mutant[at] = (byte)random.Next(256); break;
                case 1: mutant.RemoveAt(at); break;
                case 2: mutant.Insert(at, "<>\"'\\.;,()[]{}|~@^:_#\n\r "u8[random.Next(24)]); break;
                default: mutant.RemoveRange(at, Math.Min(mutant.Count - at, random.Next(1, 12))); break;
            }
        }

        return [.. mutant];
    }

    /// <summary>Gives so many bytes at a time.</summary>
    private sealed class Pieces(byte[] bytes, int length) : MemoryStream(bytes, writable: false)
    {
        public override int Read(byte[] buffer, int offset, int count) => base.Read(buffer, offset, Math.Min(count, length));

        public override int Read(Span<byte> buffer) => base.Read(buffer[..Math.Min(buffer.Length, length)]);
    }
}
