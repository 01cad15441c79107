using System.Text.Json.Nodes;
using Hub.Remote.A2A;

namespace Hub.Server.A2A;

/// <summary>Parameters and results of methods of 0.3, in and out of the form of 1.0.</summary>
internal static class LegacyParameters
{
    private const string Config = "pushNotificationConfig";
    private const string ConfigId = "pushNotificationConfigId";

    /// <summary>Parameters of a method, by its name of 1.0.</summary>
    public static JsonObject ToCurrent(string method, JsonObject parameters)
    {
        var current = parameters.DeepClone().AsObject();
        switch (method)
        {
            case "SendMessage" or "SendStreamingMessage":
                if (parameters["message"] is JsonObject message)
                    current["message"] = LegacyForm.MessageToCurrent(message);
                if (parameters["configuration"] is JsonObject configuration)
                    current["configuration"] = Configuration(configuration);
                break;
            case "CreateTaskPushNotificationConfig":
                current = parameters[Config] is JsonObject config ? ConfigToCurrent(config) : [];
                current["taskId"] = parameters["taskId"]?.DeepClone();
                break;
            case "GetTaskPushNotificationConfig" or "ListTaskPushNotificationConfigs" or "DeleteTaskPushNotificationConfig":
                current = new JsonObject { ["taskId"] = parameters["id"]?.DeepClone() };
                if (parameters[ConfigId] is { } id)
                    current["id"] = id.DeepClone();
                break;
        }

        return current;
    }

    /// <summary>The result of a method, by its name of 1.0.</summary>
    public static JsonNode? ResultToLegacy(string method, JsonObject result) => method switch
    {
        "SendMessage" => LegacyForm.PayloadToLegacy(result),
        "GetTask" or "CancelTask" => LegacyForm.TaskToLegacy(result),
        "CreateTaskPushNotificationConfig" or "GetTaskPushNotificationConfig" => ConfigToLegacy(result),
        "ListTaskPushNotificationConfigs" => new JsonArray([.. result["configs"]!.AsArray().Select(c => ConfigToLegacy(c!.AsObject()))]),
        "DeleteTaskPushNotificationConfig" => null,
        _ => result,
    };

    private static JsonObject Configuration(JsonObject configuration)
    {
        var current = configuration.DeepClone().AsObject();
        current["returnImmediately"] = configuration["blocking"] is JsonValue blocking && blocking.TryGetValue<bool>(out var waits) && !waits;
        if (configuration[Config] is JsonObject push)
            current["taskPushNotificationConfig"] = ConfigToCurrent(push);
        return current;
    }

    /// <summary>0.3 names several schemes; the first counts.</summary>
    private static JsonObject ConfigToCurrent(JsonObject config)
    {
        var current = config.DeepClone().AsObject();
        if (current["authentication"] is JsonObject authentication && authentication["schemes"] is JsonArray { Count: > 0 } schemes)
            authentication["scheme"] = schemes[0]?.DeepClone();
        return current;
    }

    private static JsonObject ConfigToLegacy(JsonObject config)
    {
        var legacy = config.DeepClone().AsObject();
        legacy.Remove("taskId");
        if (legacy["authentication"] is JsonObject authentication && authentication["scheme"] is { } scheme)
            authentication["schemes"] = new JsonArray(scheme.DeepClone());
        return new JsonObject { ["taskId"] = config["taskId"]?.DeepClone(), [Config] = legacy };
    }
}
