using System.Net;
using System.Text;

namespace Hub.Hosting.Tests.Models;

/// <summary>An OpenAI-compatible endpoint on loopback: answers with statuses from a list, notes what it was sent.</summary>
internal sealed class FakeOpenAI : IDisposable
{
    private const string Completion = """{"id":"c","object":"chat.completion","created":1,"model":"m","choices":[{"index":0,"finish_reason":"stop","message":{"role":"assistant","content":"Good day."}}],"usage":{"prompt_tokens":3,"completion_tokens":2,"total_tokens":5}}""";
    private const string Embeddings = """{"object":"list","model":"m","data":[{"object":"embedding","index":0,"embedding":"AACAPwAAAEA="}],"usage":{"prompt_tokens":3,"total_tokens":3}}""";
    private readonly HttpListener _listener = new();
    private readonly Queue<int> _statuses;

    public FakeOpenAI(params int[] statuses)
    {
        _statuses = new Queue<int>(statuses);
        using (var probe = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0))
        {
            probe.Start();
            Url = $"http://127.0.0.1:{((IPEndPoint)probe.LocalEndpoint).Port}/v1/";
        }

        _listener.Prefixes.Add(Url);
        _listener.Start();
        _ = ServeAsync();
    }

    public string Url { get; }

    public List<string> Bodies { get; } = [];

    public List<string?> Keys { get; } = [];

    public void Dispose() => _listener.Close();

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                var context = await _listener.GetContextAsync();
                using var reader = new StreamReader(context.Request.InputStream);
                Bodies.Add(await reader.ReadToEndAsync());
                Keys.Add(context.Request.Headers["Authorization"]);
                context.Response.StatusCode = _statuses.Count > 0 ? _statuses.Dequeue() : 200;
                context.Response.ContentType = "application/json";
                var answer = context.Request.Url!.AbsolutePath.EndsWith("/embeddings", StringComparison.Ordinal) ? Embeddings : Completion;
                var body = context.Response.StatusCode == 200 ? answer : """{"error":{"message":"no","type":"x"}}""";
                await context.Response.OutputStream.WriteAsync(Encoding.UTF8.GetBytes(body));
                context.Response.Close();
            }
        }
        catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
        {
            // The listener was closed: the test is over.
        }
    }
}
