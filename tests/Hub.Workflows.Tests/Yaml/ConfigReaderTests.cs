using System.Text;
using Hub.Workflows.Tests.Support;
using Hub.Workflows.Yaml;

namespace Hub.Workflows.Tests.Yaml;

public sealed class ConfigReaderTests
{
    [Theory]
    [InlineData("a: 1\na: 2", """{"a":2}""")]
    [InlineData("base: &b {x: 1, y: 2}\nc:\n  <<: *b\n  y: 3", """{"base":{"x":1,"y":2},"c":{"x":1,"y":3}}""")]
    [InlineData("c:\n  y: 3\n  <<: {x: 1, y: 2}", """{"c":{"x":1,"y":3}}""")]
    [InlineData("c:\n  <<: [{x: 1}, {x: 2, y: 2}]", """{"c":{"x":1,"y":2}}""")] // of several merged mappings the first wins
    [InlineData("c:\n  '<<': 1", """{"c":{"\u003C\u003C":1}}""")]
    [InlineData("a: &x 1\nb: &x 2\nc: *x", """{"a":1,"b":2,"c":2}""")]
    [InlineData("a: !!str 5\nb: !!int '5'\nc: !!float 5\nd: ! yes", """{"a":"5","b":5,"c":5,"d":"yes"}""")]
    [InlineData("a: '1'\nb: \"yes\"\nc: |\n  7\nd: >-\n  8", """{"a":"1","b":"yes","c":"7\n","d":"8"}""")]
    [InlineData("a:\nb: ~\nc: ''", """{"a":null,"b":null,"c":""}""")]
    [InlineData("---\na: 1\n...\n", """{"a":1}""")]
    [InlineData("\uFEFFa: 1\r\nb: 2\r\n", """{"a":1,"b":2}""")]
    [InlineData("yes: 1\n1: x", """{"yes":1,"1":"x"}""")]
    public void Read_Yaml_HasPyYamlsValues(string yaml, string json) => Assert.Equal(json, Read.Json(yaml));

    [Fact]
    public void Read_DoubledKey_IsAWarning()
    {
        var reader = Read.Reader();

        reader.Read("a:\n  b: 1\n  b: 2");

        Assert.Equal("f.yml:3: a.b: This key is written twice; the last one counts. Take one of them away.", Assert.Single(reader.Warnings).ToString());
    }

    [Theory]
    [InlineData("", "f.yml: The file holds nothing; a workflow file is a mapping with a 'workflow' section.")]
    [InlineData("- a\n- b", "f.yml: The file holds a list; a workflow file is a mapping with a 'workflow' section.")]
    [InlineData("just words", "f.yml: The file holds a scalar; a workflow file is a mapping with a 'workflow' section.")]
    [InlineData("a: 1\n---\nb: 2", "f.yml:2: A second document begins here; a workflow file is one. Take away the '---' and what follows.")]
    [InlineData("a: *b", "f.yml:1: a: The alias '*b' has no anchor '&b' before it. Write one, or the value itself.")]
    [InlineData("a: &b [*b]", "f.yml:1: a[0]: The alias '*b' has no anchor '&b' before it. Write one, or the value itself.")]
    [InlineData("x: 1\na: !python/object:os.system {}", "f.yml:2: a: The tag '!python/object:os.system' cannot stand here. Take it away.")]
    [InlineData("a: !!int five", "f.yml:1: a: 'five' is tagged '!!int' and is none. Mend it, or take the tag away.")]
    [InlineData("a: =", "f.yml:1: a: '=' has a meaning of its own in YAML 1.1 and cannot stand here. Write it in quotes.")]
    [InlineData("a: 2026-02-30", "f.yml:1: a: '2026-02-30' looks like a date and is none. Mend it, or write it in quotes.")]
    [InlineData("a:\n  <<: 5", "f.yml:2: a.<<: '<<' merges a mapping or a list of them; something else stands here. Refer to a mapping with an alias.")]
    [InlineData("a:\n  b: 1\n\tc: 2", "f.yml:3: This is no YAML: a tab stands in the indentation, where YAML takes spaces alone. Mend the line, or quote its value.")]
    [InlineData("? [a]\n: 1", "f.yml:1: A key is a list, a mapping or an alias; it must be text.")]
    public void Read_BadYaml_SaysWhereAndWhatToDo(string yaml, string mistake) => Assert.Equal(mistake, Read.Mistake(yaml));

    [Fact]
    public void Read_BrokenYaml_NamesTheLine()
    {
        var mistake = Read.Mistake("a: 1\nb: [1, 2\nc: 3\n");

        Assert.Matches("^f.yml:[23]: This is no YAML: .*Mend the line, or quote its value.$", mistake);
    }

    [Fact]
    public void Read_BrokenFilesOfAllKinds_EndInMistakesAndNothingElse()
    {
        const string File = "llms:\n  nano: {_type: hub_local, model: \"hub-nano\"}\nworkflow:\n  _type: react_agent # agent\n  tool_names: [a, &x 'b', *x]\n  prompt: |\n    Hello ${NAME:-you}\n    bye\n";
        const string Signs = "{}[]:,'\"&*!|>%@`#-?\n\t <=~$\u0000\u0007é\uFFFF";
        var random = new Random(11);
        var mistaken = 0;
        for (var round = 0; round < 3_000; round++)
        {
            var text = new StringBuilder(File);
            for (var edits = random.Next(1, 5); edits > 0; edits--)
            {
                var at = random.Next(text.Length);
                if (random.Next(3) == 0)
                    text.Remove(at, Math.Min(random.Next(1, 12), text.Length - at));
                else
                    text.Insert(at, Signs[random.Next(Signs.Length)]);
            }

            var reader = Read.Reader();
            mistaken += reader.Read(text.ToString()) is null ? 1 : 0;
            Assert.All(reader.Mistakes, m => Assert.InRange(m.Line, 0, 40));
        }

        Assert.InRange(mistaken, 300, 2_900);
    }

    [Fact]
    public void Read_AliasBomb_IsRefusedBeforeItIsWrittenOut()
    {
        var bomb = new StringBuilder("a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n");
        for (var i = 1; i < 12; i++)
            bomb.AppendLine(System.Globalization.CultureInfo.InvariantCulture, $"a{i}: &a{i} [{string.Join(',', Enumerable.Repeat($"*a{i - 1}", 10))}]");

        Assert.Contains("more than 100,000 values, aliases written out", Read.Mistake(bomb.ToString()), StringComparison.Ordinal);
    }

    [Fact]
    public void Read_AliasBombOfMergeKeys_IsRefused()
    {
        var bomb = new StringBuilder("a0: &a0 {k: [x,x,x,x,x,x,x,x,x,x]}\n");
        for (var i = 1; i < 12; i++)
            bomb.AppendLine(System.Globalization.CultureInfo.InvariantCulture, $"a{i}: &a{i} {{{string.Join(',', Enumerable.Range(0, 10).Select(k => $"k{i}{k}: {{<<: *a{i - 1}}}"))}}}");

        Assert.Contains("more than 100,000 values", Read.Mistake(bomb.ToString()), StringComparison.Ordinal);
    }

    [Fact]
    public void Read_DeepNesting_IsRefused()
    {
        var deep = $"a: {new string('[', 70)}{new string(']', 70)}";

        Assert.Contains("nests deeper than 64 levels", Read.Mistake(deep), StringComparison.Ordinal);
    }

    [Fact]
    public void Read_Lines_AreThoseOfKeysEvenAfterLongVariables()
    {
        var root = Read.Root("a: ${TWO}\nb:\n  c: 1\n  d: [x,\n    y]\n", ("TWO", "first\n  second"));

        Assert.Equal(1, root.Members["a"].Line);
        var b = Assert.IsType<ConfigMap>(root.Members["b"]);
        Assert.Equal((2, 3, 4), (b.Line, b.Members["c"].Line, b.Members["d"].Line));
        Assert.Equal(5, Assert.IsType<ConfigList>(b.Members["d"]).Items[1].Line);
    }
}
