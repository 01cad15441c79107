using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Hub.Abstractions;
using Hub.Workflows.Building;
using Hub.Workflows.Tests.Support;

namespace Hub.Workflows.Tests.Building;

public sealed class OptionsBinderTests
{
    [Theory]
    [InlineData("number: 1e-6", "1E-06")] // text to YAML 1.1, a number to its field
    [InlineData("number: '1e-6'", "1E-06")]
    [InlineData("number: 5", "5")]
    [InlineData("number: 1_000.5", "1000.5")]
    [InlineData("number: ' 2.5 '", "2.5")]
    [InlineData("number: .inf", "Infinity")]
    [InlineData("number: -inf", "-Infinity")]
    [InlineData("number: nan", "NaN")]
    [InlineData("number: 1:30.5", "90.5")]
    [InlineData("number: 1e-320", "1E-320")]
    public void Bind_Number_ReadsWhatPydanticReads(string yaml, string expected) => Assert.Equal(expected, Bind(yaml).Number.ToString("R", CultureInfo.InvariantCulture));

    [Theory]
    [InlineData("whole: 5", 5)]
    [InlineData("whole: 0777", 511)]
    [InlineData("whole: 1:30", 90)]
    [InlineData("whole: 0x1F", 31)]
    [InlineData("whole: '12'", 12)]
    [InlineData("whole: '1_000'", 1000)]
    [InlineData("whole: 3.0", 3)]
    [InlineData("whole: '-7'", -7)]
    public void Bind_WholeNumber_ReadsWhatPydanticReads(string yaml, int expected) => Assert.Equal(expected, Bind(yaml).Whole);

    [Theory]
    [InlineData("flag: yes", true)]
    [InlineData("flag: 'yes'", true)]
    [InlineData("flag: \"Off\"", false)]
    [InlineData("flag: 1", true)]
    [InlineData("flag: 0.0", false)]
    [InlineData("flag: t", true)]
    public void Bind_Truth_ReadsWhatPydanticReads(string yaml, bool expected) => Assert.Equal(expected, Bind(yaml).Flag);

    [Theory]
    [InlineData("wait: 90", 90)]
    [InlineData("wait: 1.5", 1.5)]
    [InlineData("wait: '0:01:30'", 90)]
    [InlineData("wait: PT2M", 120)]
    [InlineData("wait: 1:30", 90)]
    public void Bind_Duration_IsSecondsOrAClock(string yaml, double seconds) => Assert.Equal(TimeSpan.FromSeconds(seconds), Bind(yaml).Wait);

    [Theory]
    [InlineData("whole: 3.5", "f.yml:1: o.whole: '3.5' stands here; a whole number is needed.")]
    [InlineData("whole: 99999999999", "f.yml:1: o.whole: '99999999999' stands here; a whole number is needed.")]
    [InlineData("whole: 1e3", "f.yml:1: o.whole: '1e3' stands here; a whole number is needed.")]
    [InlineData("whole: yes", "f.yml:1: o.whole: 'yes' stands here; a whole number is needed.")]
    [InlineData("number: ten", "f.yml:1: o.number: 'ten' stands here; a number is needed.")]
    [InlineData("flag: 2", "f.yml:1: o.flag: '2' stands here; true or false is needed.")]
    [InlineData("flag: maybe", "f.yml:1: o.flag: 'maybe' stands here; true or false is needed.")]
    [InlineData("wait: soon", "f.yml:1: o.wait: 'soon' stands here; a number of seconds is needed.")]
    [InlineData("wait: 1.0e+300", "f.yml:1: o.wait: '1.0e+300' stands here; a number of seconds is needed.")]
    [InlineData("mode: 1", "f.yml:1: o.mode: '1' stands here; one of only_text, raw is needed.")]
    [InlineData("mode: onlytext", "f.yml:1: o.mode: 'onlytext' stands here; one of only_text, raw is needed.")]
    [InlineData("names: a", "f.yml:1: o.names: 'a' stands here; a list, e.g. [a, b], is needed.")]
    [InlineData("names: [a, [b]]", "f.yml:1: o.names[1]: A list stands here; text is needed.")]
    [InlineData("text: {a: 1}", "f.yml:1: o.text: A mapping stands here; text is needed.")]
    [InlineData("nested: 5", "f.yml:1: o.nested: '5' stands here; a mapping is needed.")]
    [InlineData("nested:\n  depth: 12", "f.yml:2: o.nested.depth: '12' stands here; a number from 1 to 10 is needed.")]
    [InlineData("nested:\n  depth: deep", "f.yml:2: o.nested.depth: 'deep' stands here; a whole number is needed.")]
    [InlineData("weights: {a: x}", "f.yml:1: o.weights.a: 'x' stands here; a number is needed.")]
    [InlineData("api_key: [sk-1]", "f.yml:1: o.api_key: A list stands here; text is needed.")]
    [InlineData("token: sk-1", "f.yml:1: o.token: '(secret)' stands here; a whole number is needed.")]
    public void Bind_WhatDoesNotFit_IsOneMistake(string yaml, string mistake)
    {
        var context = new BindingContext(_ => "f.yml");

        new OptionsBinder(context).Bind(typeof(SampleOptions), Read.Root(yaml), "o");

        Assert.Equal(mistake, Assert.Single(context.Mistakes).ToString());
    }

    [Fact]
    public void Bind_WholeObject_FillsListsMapsEnumsAndNested()
    {
        var bound = Bind("""
            names: [a, 5, yes]
            weights: {x: 1, y: "2.5"}
            nested: {depth: 3}
            mode: only_text
            address: https://host/v1
            raw: {a: [1, two]}
            maybe: null
            """);

        Assert.Equal(["a", "5", "yes"], bound.Names);
        Assert.Equal(new Dictionary<string, double> { ["x"] = 1, ["y"] = 2.5 }, bound.Weights);
        Assert.Equal((3, SampleMode.OnlyText, "https://host/v1", null), (bound.Nested.Depth, bound.Mode, bound.Address?.ToString(), bound.Maybe));
        Assert.Equal("""{"a":[1,"two"]}""", bound.Raw.GetRawText());
    }

    [Fact]
    public void Bind_EmptyKeys_LeaveDefaults()
    {
        var bound = Bind("whole:\ntext:\nnames:\nnested:\nmaybe:");

        Assert.Equal((7, "text", 1, 0), (bound.Whole, bound.Text, bound.Nested.Depth, bound.Names.Count));
        Assert.Null(bound.Maybe);
    }

    [Fact]
    public void Bind_KeyAndAlias_KeyCountsAndAliasIsAWarning()
    {
        var context = new BindingContext(_ => "f.yml");

        var bound = (SampleOptions)new OptionsBinder(context).Bind(typeof(SampleOptions), Read.Root("old_name: 1\nnew_name: 2"), "o");

        Assert.Equal(2, bound.Renamed);
        Assert.Equal("f.yml:1: o.old_name: This key means the same as 'new_name', which counts. Take one of them away.", Assert.Single(context.Warnings).ToString());
    }

    [Fact]
    public void Bind_UnknownKey_IsAWarningWithNearNames()
    {
        var context = new BindingContext(_ => "f.yml");

        new OptionsBinder(context).Bind(typeof(SampleOptions), Read.Root("weigths: {}\nzzz: 1"), "o");

        Assert.Equal(
            ["f.yml:1: o.weigths: This key is not known and has no effect. Did you mean 'weights'?", "f.yml:2: o.zzz: This key is not known and has no effect."],
            context.Warnings.Select(w => w.ToString()));
    }

    [Fact]
    public void Bind_UnknownKeyOfAModel_IsForwardedWithItsRealValue()
    {
        var context = new BindingContext(_ => "f.yml");
        var root = Read.Root("model: m\nextra_token: ${KEY}\nchat_template_kwargs: {enable_thinking: false}", ("KEY", "sk-1"));

        var bound = (Flow.EchoOptions)new OptionsBinder(context).Bind(typeof(Flow.EchoOptions), root, "o");

        Assert.Empty(context.Warnings);
        Assert.Equal(("sk-1", false), (bound.Extra["extra_token"].GetString(), bound.Extra["chat_template_kwargs"].GetProperty("enable_thinking").GetBoolean()));
    }

    [Fact]
    public void Snake_Names_AreWrittenAsFilesWriteThem() =>
        Assert.Equal(["max_tool_calls", "verify_ssl", "top_p", "url_path", "m"], new[] { "MaxToolCalls", "VerifySSL", "TopP", "URLPath", "M" }.Select(OptionsShape.Snake));

    private static SampleOptions Bind(string yaml)
    {
        var context = new BindingContext(_ => "f.yml");
        var bound = (SampleOptions)new OptionsBinder(context).Bind(typeof(SampleOptions), Read.Root(yaml), "o");
        Assert.Empty(context.Mistakes);
        return bound;
    }

    internal enum SampleMode
    {
        OnlyText,
        [JsonStringEnumMemberName("raw")] Unchanged,
    }

    internal sealed class SampleOptions
    {
        public double Number { get; set; }

        public int Whole { get; set; } = 7;

        public int Token { get; set; }

        public bool Flag { get; set; }

        public string Text { get; set; } = "text";

        public string? ApiKey { get; set; }

        public string? Maybe { get; set; } = "something";

        public TimeSpan Wait { get; set; }

        public SampleMode Mode { get; set; }

        public Uri? Address { get; set; }

        public JsonElement Raw { get; set; }

        public IReadOnlyList<string> Names { get; set; } = [];

        public Dictionary<string, double> Weights { get; set; } = [];

        public NestedOptions Nested { get; set; } = new();

        [ConfigKey("new_name", "old_name")]
        public int Renamed { get; set; }
    }

    internal sealed class NestedOptions
    {
        [Range(1, 10)]
        public int Depth { get; set; } = 1;
    }
}
