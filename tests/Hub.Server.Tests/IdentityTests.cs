using System.Text;
using System.Text.Json;
using Hub.Server.Tests.Kit;

namespace Hub.Server.Tests;

/// <summary>Who a request is from: order and ids as NeMo-Agent-Toolkit 201f3dc derives them (docs/source/components/auth/user-identity.md:36-75).</summary>
public sealed class IdentityTests
{
    private const string Ask = """{"input_message": "x"}""";

    // uuid.uuid5(uuid.uuid5(uuid.NAMESPACE_DNS, "nemo-agent-toolkit"), KEY), computed with Python's uuid module
    private const string Alice = "7b031fd4-714b-598e-b755-a517d069edc5";
    private const string Bob = "e0d43398-5fc8-5c1d-95d5-d39399e69f51";

    [Theory]
    [InlineData("Cookie", "nat-session=alice", Alice)]
    [InlineData("Authorization", "Bearer alice", Alice)]
    [InlineData("X-API-Key", "alice", Alice)]
    [InlineData("Authorization", "Bearer HEAD.eyJzdWIiOiJhbGljZSIsImVtYWlsIjoieEB5In0.SIG", Alice)]
    [InlineData("Authorization", "Bearer HEAD.eyJlbWFpbCI6ImFsaWNlIn0.SIG", Alice)]
    [InlineData("Authorization", "Bearer HEAD.!!!.SIG", null)]
    [InlineData("Authorization", "Digest x", null)]
    [InlineData("X-Nothing", "x", null)]
    public async Task User_OfARequest_IsTheToolkitsId(string header, string value, string? expected)
    {
        await using var served = await Served.ReActAsync(Script.Says("Final Answer: x"));

        Assert.Equal(expected, await UserAsync(served, (header, value)));
    }

    [Fact]
    public async Task User_OfSeveralCredentials_IsTheCookies()
    {
        await using var served = await Served.ReActAsync(Script.Says("Final Answer: x"));

        Assert.Equal(Bob, await UserAsync(served, ("Authorization", "Bearer alice"), ("Cookie", "nat-session=bob")));
    }

    [Fact]
    public async Task User_OfAPassword_FollowsFromBoth()
    {
        await using var served = await Served.ReActAsync(Script.Says("Final Answer: x"));

        var first = await UserAsync(served, ("Authorization", $"Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes("alice:one"))}"));
        var second = await UserAsync(served, ("Authorization", $"Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes("alice:two"))}"));

        Assert.Equal(Http.UserIds.FromBasic("alice", "one"), first);
        Assert.NotEqual(first, second);
    }

    private static async Task<string?> UserAsync(Served served, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/workflow") { Content = Served.Json(Ask) };
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        using var response = await served.Http.SendAsync(request);
        response.EnsureSuccessStatusCode();
        var header = served.Hub.Runs.Find(response.Headers.GetValues("X-Run-Id").Single()).Header;
        foreach (var shown in headers.Where(h => h.Name != "X-Nothing").Select(h => h.Value.Split('=', ' ')[^1]).Where(v => v.Length > 4))
            Assert.DoesNotContain(shown, JsonSerializer.Serialize(header), StringComparison.Ordinal);
        return header.UserId;
    }
}
