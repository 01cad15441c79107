using System.Text.Json;
using Hub.Workflows.Yaml;

namespace Hub.Workflows.Tests.Support;

/// <summary>Reads YAML in one line of a test.</summary>
internal static class Read
{
    /// <summary>The file's values as JSON.</summary>
    public static string Json(string yaml, params (string Name, string Value)[] environment) => JsonSerializer.Serialize(Root(yaml, environment).ToValue());

    /// <summary>The file's values as a log would show them.</summary>
    public static string Shown(string yaml, params (string Name, string Value)[] environment) => JsonSerializer.Serialize(Root(yaml, environment).ToJson(), Abstractions.HubJson.Options);

    public static ConfigMap Root(string yaml, params (string Name, string Value)[] environment)
    {
        var reader = Reader(environment);
        var root = reader.Read(yaml);
        Assert.Empty(reader.Mistakes);
        return root!;
    }

    /// <summary>The one mistake that reading finds.</summary>
    public static string Mistake(string yaml, params (string Name, string Value)[] environment)
    {
        var reader = Reader(environment);
        reader.Read(yaml);
        return Assert.Single(reader.Mistakes).ToString();
    }

    public static ConfigReader Reader(params (string Name, string Value)[] environment) =>
        new("f.yml", name => environment.Where(e => e.Name == name).Select(e => e.Value).FirstOrDefault());
}
