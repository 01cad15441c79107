using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Hub.Abstractions;
using Hub.Core;
using Hub.Server.Http;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace Hub.Server.Mcp;

/// <summary>The hub's runs as resources, each its log as JSON, and the resources of the workflow file. Source: https://modelcontextprotocol.io/specification, resources.</summary>
internal sealed class McpResources(IHub hub, McpOptions options)
{
    /// <summary>Address of a run.</summary>
    public const string RunTemplate = "run://{id}";

    private const string Json = "application/json";
    private const int MaxListedRuns = 100;
    private const int MaxEvents = 10_000;

    private static readonly JsonSerializerOptions s_event = new(HubJson.Options) { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    /// <summary>The caller's newest runs, and what the file has under fixed addresses.</summary>
    public ValueTask<ListResourcesResult> ListAsync(RequestContext<ListResourcesRequestParams> request, CancellationToken cancellationToken) =>
        ValueTask.FromResult(new ListResourcesResult
        {
            Resources =
        [
            .. options.Resources.Where(r => !Template.IsTemplate(r.Value.Uri))
                .Select(r => new Resource { Uri = r.Value.Uri, Name = r.Key, Description = r.Value.Description, MimeType = r.Value.MimeType }),
            .. Caller.Of(request.User).Runs(hub, MaxListedRuns).Select(r => new Resource
            {
                Uri = $"run://{r.Header.RunId}",
                Name = $"run {r.Header.RunId}",
                Description = $"{r.Header.Reasoner}: {EventText.OneLine(r.Question)}",
                MimeType = Json,
            }),
        ],
        });

    /// <summary>The runs' template, and those of the file.</summary>
    public ValueTask<ListResourceTemplatesResult> TemplatesAsync(RequestContext<ListResourceTemplatesRequestParams> request, CancellationToken cancellationToken) =>
        ValueTask.FromResult(new ListResourceTemplatesResult
        {
            ResourceTemplates =
        [
            new ResourceTemplate { UriTemplate = RunTemplate, Name = "run", Description = "A run's log: what was asked, each step with its text, the answer.", MimeType = Json },
            .. options.Resources.Where(r => Template.IsTemplate(r.Value.Uri))
                .Select(r => new ResourceTemplate { UriTemplate = r.Value.Uri, Name = r.Key, Description = r.Value.Description, MimeType = r.Value.MimeType }),
        ],
        });

    /// <summary>One resource.</summary>
    public ValueTask<ReadResourceResult> ReadAsync(RequestContext<ReadResourceRequestParams> request, CancellationToken cancellationToken)
    {
        var uri = request.Params?.Uri ?? "";
        var contents = OfFile(uri) ?? OfRun(uri, Caller.Of(request.User)) ?? throw NotFound(uri);
        return ValueTask.FromResult(new ReadResourceResult { Contents = [contents] });
    }

    /// <summary>The run that an address names; null where it names none that the caller may see.</summary>
    public RunRecord? Run(string uri, Caller caller)
    {
        if (Template.Match(RunTemplate, uri) is not { } parts)
            return null;
        try
        {
            return caller.Find(hub, parts["id"]);
        }
        catch (RequestException)
        {
            return null;
        }
    }

    /// <summary>The answer to an address behind which there is nothing.</summary>
    public static McpProtocolException NotFound(string uri) => new($"There is no resource '{uri}'. resources/list and resources/templates/list say which there are.", McpErrorCode.ResourceNotFound);

    /// <summary>Whether the file has a resource of that address.</summary>
    public bool IsOfFile(string uri) => OfFile(uri) is not null;

    private ResourceContents? OfFile(string uri)
    {
        foreach (var resource in options.Resources.Values)
        {
            if (Template.Match(resource.Uri, uri) is not { } values)
                continue;
            return resource.Blob is { } blob
                ? new BlobResourceContents { Uri = uri, MimeType = resource.MimeType, Blob = Encoding.ASCII.GetBytes(blob) }
                : new TextResourceContents { Uri = uri, MimeType = resource.MimeType, Text = Template.Fill(resource.Text!, values) };
        }

        return null;
    }

    private TextResourceContents? OfRun(string uri, Caller caller)
    {
        if (Run(uri, caller) is not { } record)
            return null;
        var events = hub.Runs.Read(record.Header.RunId);
        var log = new JsonObject
        {
            ["run_id"] = record.Header.RunId,
            ["reasoner"] = record.Header.Reasoner,
            ["status"] = JsonSerializer.SerializeToNode(record.Status, s_event),
            ["started"] = JsonSerializer.SerializeToNode(record.Header.Started, s_event),
            ["question"] = record.Question,
            ["is_complete"] = events.Count <= MaxEvents,
            ["events"] = new JsonArray([.. events.Take(MaxEvents).Select(Event)]),
        };
        return new TextResourceContents { Uri = uri, MimeType = Json, Text = log.ToJsonString(s_event) };
    }

    private JsonNode? Event(RunEvent entry)
    {
        var node = JsonSerializer.SerializeToNode(entry, s_event)!.AsObject();
        node["text"] = EventText.Full(entry, hub.Runs.Payload);
        return node;
    }
}
