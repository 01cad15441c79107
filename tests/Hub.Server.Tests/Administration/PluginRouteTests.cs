using Hub.Core.Plugins;
using Hub.Server.Tests.Kit;

namespace Hub.Server.Tests.Administration;

public sealed class PluginRouteTests : IDisposable
{
    private const string Key = "the-administrators-key";
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("hub-admin-");
    private readonly PluginHost _host;

    public PluginRouteTests()
    {
        _host = new PluginHost(new PluginHostOptions { Folder = _folder.FullName });
    }

    public void Dispose()
    {
        _host.Dispose();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Plugin_AddedReloadedAndRemoved_OverTheChannel()
    {
        await using var served = await ServedAsync(Key);
        served.Http.DefaultRequestHeaders.Add("Authorization", $"Bearer {Key}");

        var added = await served.PostAsync("/admin/plugins", $$"""{"path": "{{Built()}}"}""");
        var reloaded = await served.PostAsync("/admin/plugins/noop/reload", "");
        var listed = await served.GetAsync("/admin/plugins");
        using var removed = await served.Http.DeleteAsync("/admin/plugins/noop");

        Assert.Equal((200, "noop"), (added.Status, added.Body[0].GetProperty("id").GetString()));
        Assert.Equal(200, reloaded.Status);
        Assert.Equal("noop", listed.Body[0].GetProperty("id").GetString());
        Assert.True(removed.IsSuccessStatusCode);
        Assert.Equal(404, (await served.PostAsync("/admin/plugins/noop/reload", "")).Status);
        Assert.Equal(409, (await served.PostAsync("/admin/plugins", $$"""{"path": "{{_folder.FullName}}"}""")).Status);
    }

    [Theory]
    [InlineData(null, null, 403)]
    [InlineData(null, "Bearer x", 403)]
    [InlineData(Key, null, 401)]
    [InlineData(Key, "Bearer another", 401)]
    public async Task Key_MissingOrWrong_IsRefusedEvenOnLoopback(string? key, string? shown, int expected)
    {
        await using var served = await ServedAsync(key);
        if (shown is not null)
            served.Http.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", shown);

        Assert.Equal(expected, (await served.PostAsync("/admin/plugins", "{}")).Status);
        Assert.Equal(expected, (await served.GetAsync("/admin/plugins")).Status);
    }

    private static string Built()
    {
        var here = new DirectoryInfo(AppContext.BaseDirectory);
        return Path.Combine(here.Parent!.Parent!.FullName, "NoOp", here.Name);
    }

    private Task<Served> ServedAsync(string? key) => Served.ReActAsync(Script.Says("x"), o => (o.AdminKey, o.Plugins) = (key, _host));
}
