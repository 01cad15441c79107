using Hub.Workflows.Tests.Support;

namespace Hub.Workflows.Tests.Yaml;

public sealed class InterpolationTests
{
    [Theory]
    [InlineData("a: ${SET}", """{"a":"value"}""")]
    [InlineData("a: ${UNSET}", """{"a":null}""")]
    [InlineData("a: \"${UNSET}\"", """{"a":""}""")]
    [InlineData("a: ${UNSET:-fallback}", """{"a":"fallback"}""")]
    [InlineData("a: ${EMPTY:-fallback}", """{"a":"fallback"}""")]
    [InlineData("a: ${SET:-fallback}", """{"a":"value"}""")]
    [InlineData("a: http://${HOST:-localhost}:${PORT:-8000}/v1", """{"a":"http://localhost:8000/v1"}""")]
    [InlineData("a: ${NUMBER}", """{"a":42}""")] // filled in before YAML is read, so it is a number
    [InlineData("a: '${NUMBER}'", """{"a":"42"}""")]
    [InlineData("a: ${LIST:-[x, y]}", """{"a":["x","y"]}""")] // and may be a list
    [InlineData("a: [${SET}, ${NUMBER}]", """{"a":["value",42]}""")]
    [InlineData("a: $SET and $5", """{"a":"$SET and $5"}""")]
    [InlineData("a: ${NESTED}", """{"a":"got value"}""")] // a variable may hold a reference
    [InlineData("a: |\n  Hello ${SET}\n  bye", """{"a":"Hello value\nbye"}""")]
    [InlineData("${SET}: 1", """{"value":1}""")]
    public void Read_References_AreFilledIn(string yaml, string json) =>
        Assert.Equal(json, Read.Json(yaml, ("SET", "value"), ("EMPTY", ""), ("NUMBER", "42"), ("NESTED", "got ${SET}")));

    [Theory]
    [InlineData("api_key: ${KEY}", """{"api_key":"${KEY}"}""")]
    [InlineData("api_key: \"${KEY}\"", """{"api_key":"${KEY}"}""")]
    [InlineData("a: Bearer ${KEY} x", """{"a":"Bearer ${KEY} x"}""")]
    [InlineData("a: ${KEY:-none}/${KEY}", """{"a":"${KEY:-none}/${KEY}"}""")]
    [InlineData("a: |\n  one ${KEY}\n  two", """{"a":"one ${KEY}\ntwo"}""")]
    [InlineData("a: \"\\x41${ESCAPED}\"", """{"a":"${ESCAPED}"}""")] // escapes hide where it stands: the reference alone is shown
    [InlineData("a: ${NESTED}", """{"a":"${NESTED}"}""")]
    public void Shown_ValuesFromTheEnvironment_AreReferences(string yaml, string json)
    {
        var shown = Read.Shown(yaml, ("KEY", "sk-1234"), ("ESCAPED", "a\\tb"), ("NESTED", "${KEY}"));

        Assert.Equal(json, shown);
        Assert.DoesNotContain("sk-1234", shown, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("api_key: sk-1234", """{"api_key":"(secret)"}""")]
    [InlineData("a:\n  Authorization: Bearer x", """{"a":{"Authorization":"(secret)"}}""")]
    [InlineData("x-api-key: k", """{"x-api-key":"(secret)"}""")]
    [InlineData("clientSecret: k", """{"clientSecret":"(secret)"}""")]
    [InlineData("refresh_token: [a, b]", """{"refresh_token":["(secret)","(secret)"]}""")]
    [InlineData("credentials: {user: u, key: 7}", """{"credentials":{"user":"(secret)","key":"(secret)"}}""")]
    [InlineData("url: redis://me:pw@host/0", """{"url":"redis://(secret)@host/0"}""")]
    [InlineData("max_tokens: 300\ntoken_increment: 5\nuse_token: yes", """{"max_tokens":300,"token_increment":5,"use_token":true}""")]
    [InlineData("api_key:", """{"api_key":null}""")]
    public void Shown_LiteralSecrets_AreHidden(string yaml, string json) => Assert.Equal(json, Read.Shown(yaml));

    [Fact]
    public void Read_ValueThatBreaksYaml_NamesTheReferenceAndNotTheValue()
    {
        var mistake = Read.Mistake("a: 1\nb: ${KEY}\n", ("KEY", "*sk-1234: ["));

        Assert.Equal("f.yml:2: This is no YAML once ${KEY} is filled in. Quote it: \"${KEY}\".", mistake);
    }
}
