using System.Text.Json;
using Hub.Core.Answers;

namespace Hub.Core.Tests.Answers;

public sealed class JsonSchemaCheckTests
{
    [Theory]
    [InlineData("""{"type":"string"}""", "\"a\"", true)]
    [InlineData("""{"type":"string"}""", "1", false)]
    [InlineData("""{"type":["integer","null"]}""", "null", true)]
    [InlineData("""{"type":"integer"}""", "2.0", true)]
    [InlineData("""{"type":"integer"}""", "2.5", false)]
    [InlineData("""{"enum":["a",1]}""", "1", true)]
    [InlineData("""{"enum":["a",1]}""", "2", false)]
    [InlineData("""{"const":{"a":[1]}}""", """{"a":[1]}""", true)]
    [InlineData("""{"const":{"a":[1]}}""", """{"a":[2]}""", false)]
    [InlineData("""{"properties":{"a":{"type":"number"}},"required":["a"]}""", """{"a":1,"b":2}""", true)]
    [InlineData("""{"properties":{"a":{"type":"number"}},"required":["a"]}""", """{"b":2}""", false)]
    [InlineData("""{"properties":{"a":{}},"additionalProperties":false}""", """{"a":1,"b":2}""", false)]
    [InlineData("""{"additionalProperties":{"type":"string"}}""", """{"b":2}""", false)]
    [InlineData("""{"items":{"type":"number"},"minItems":1,"maxItems":2}""", "[1,2]", true)]
    [InlineData("""{"items":{"type":"number"}}""", "[1,\"x\"]", false)]
    [InlineData("""{"minItems":1}""", "[]", false)]
    [InlineData("""{"maxItems":1}""", "[1,2]", false)]
    [InlineData("""{"prefixItems":[{"type":"number"},{"type":"string"}],"items":false}""", "[1,\"x\"]", true)]
    [InlineData("""{"prefixItems":[{"type":"number"},{"type":"string"}],"items":false}""", "[1,\"x\",2]", false)]
    [InlineData("""{"minimum":1,"maximum":2}""", "1.5", true)]
    [InlineData("""{"minimum":1}""", "0", false)]
    [InlineData("""{"exclusiveMinimum":1}""", "1", false)]
    [InlineData("""{"exclusiveMaximum":1}""", "1", false)]
    [InlineData("""{"multipleOf":0.1}""", "0.3", true)]
    [InlineData("""{"multipleOf":2}""", "3", false)]
    [InlineData("""{"minLength":2,"maxLength":3}""", "\"ab\"", true)]
    [InlineData("""{"maxLength":1}""", "\"ab\"", false)]
    [InlineData("""{"pattern":"^a+$"}""", "\"aaa\"", true)]
    [InlineData("""{"pattern":"^a+$"}""", "\"ab\"", false)]
    [InlineData("""{"anyOf":[{"type":"string"},{"type":"null"}]}""", "null", true)]
    [InlineData("""{"anyOf":[{"type":"string"},{"type":"null"}]}""", "1", false)]
    [InlineData("""{"oneOf":[{"minimum":1},{"maximum":2}]}""", "1.5", false)]
    [InlineData("""{"oneOf":[{"minimum":1},{"maximum":2}]}""", "3", true)]
    [InlineData("""{"allOf":[{"minimum":1},{"maximum":2}]}""", "3", false)]
    [InlineData("""{"not":{"type":"null"}}""", "null", false)]
    [InlineData("""{"$defs":{"n":{"type":"number"}},"items":{"$ref":"#/$defs/n"}}""", "[\"x\"]", false)]
    [InlineData("""{"properties":{"next":{"$ref":"#"}},"required":["v"]}""", """{"v":1,"next":{"v":2,"next":{}}}""", false)]
    [InlineData("""{"$ref":"#/nowhere"}""", "1", false)]
    [InlineData("true", "1", true)]
    [InlineData("false", "1", false)]
    [InlineData("""{"title":"anything"}""", "1", true)]
    public void Faults_Keyword_HoldsOrNot(string schema, string value, bool fits) =>
        Assert.Equal(fits, JsonSchemaCheck.Faults(JsonElement.Parse(value), JsonElement.Parse(schema)).Count == 0);

    [Fact]
    public void Faults_SeveralPlaces_SayWhereAndWhat() => Assert.Equal(
        ["$: 'b' is missing.", "$.a[1]: \"x\" stands here; number is needed.", "$: 'c' is not known here."],
        JsonSchemaCheck.Faults(
            JsonElement.Parse("""{"a": [1, "x"], "c": 1}"""),
            JsonElement.Parse("""{"type":"object","properties":{"a":{"items":{"type":"number"}},"b":{}},"required":["a","b"],"additionalProperties":false}""")));

    [Fact]
    public void Faults_SchemaInACircle_EndsWithAnError() =>
        Assert.Contains("more than 64 levels", Assert.Single(JsonSchemaCheck.Faults(JsonElement.Parse("1"), JsonElement.Parse("""{"$ref":"#"}"""))), StringComparison.Ordinal);
}
