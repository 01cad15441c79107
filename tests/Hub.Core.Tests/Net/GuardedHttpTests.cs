using System.Net;
using System.Net.Sockets;
using System.Text;
using Hub.Core.Net;

namespace Hub.Core.Tests.Net;

public sealed class GuardedHttpTests
{
    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("0.0.0.0")]
    [InlineData("10.1.2.3")]
    [InlineData("100.64.0.1")]
    [InlineData("169.254.169.254")]
    [InlineData("172.16.0.1")]
    [InlineData("172.31.255.255")]
    [InlineData("192.168.1.1")]
    [InlineData("224.0.0.1")]
    [InlineData("255.255.255.255")]
    [InlineData("::")]
    [InlineData("::1")]
    [InlineData("::ffff:127.0.0.1")]
    [InlineData("::ffff:169.254.169.254")]
    [InlineData("64:ff9b::7f00:1")]
    [InlineData("fd00::1")]
    [InlineData("fe80::1")]
    [InlineData("ff02::1")]
    [InlineData("2002:7f00:1::")]
    public void Address_OfAMachineOrANetwork_IsNotPublic(string address) => Assert.False(PublicAddress.Is(IPAddress.Parse(address)));

    [Theory]
    [InlineData("1.1.1.1")]
    [InlineData("93.184.216.34")]
    [InlineData("172.32.0.1")]
    [InlineData("100.128.0.1")]
    [InlineData("::ffff:1.1.1.1")]
    [InlineData("2606:4700::1111")]
    public void Address_OfTheInternet_IsPublic(string address) => Assert.True(PublicAddress.Is(IPAddress.Parse(address)));

    [Theory]
    [InlineData("file:///etc/passwd")]
    [InlineData("gopher://x/")]
    [InlineData("nowhere")]
    [InlineData("http://user@example.org/")]
    [InlineData("http://localhost/")]
    [InlineData("http://[::1]/")]
    [InlineData("http://2130706433/")]
    [InlineData("http://0x7f.1/")]
    [InlineData("http://169.254.169.254/latest/meta-data/")]
    public void Refusal_OfWhatIsNotPublic_SaysWhy(string address) => Assert.NotNull(GuardedHttp.Refusal(address));

    [Fact]
    public void Refusal_OfAPublicAddress_IsNone() => Assert.Null(GuardedHttp.Refusal("https://example.org/x?y=z"));

    [Theory]
    [InlineData("localhost")]
    [InlineData("127.0.0.1")]
    [InlineData("[::ffff:127.0.0.1]")]
    public async Task Fetch_OfThisMachine_IsRefusedBeforeAConnection(string host)
    {
        using var listener = new TcpListener(IPAddress.IPv6Any, 0);
        listener.Server.DualMode = true;
        listener.Start();
        using var http = GuardedHttp.Create();

        var refused = await Assert.ThrowsAsync<HttpRequestException>(() => http.GetAsync($"http://{host}:{((IPEndPoint)listener.LocalEndpoint).Port}/"));

        Assert.IsType<GuardedHttpException>(refused.InnerException ?? refused.GetBaseException());
        Assert.False(listener.Pending());
    }

    [Fact]
    public async Task Fetch_RedirectedToAnotherHostOfTheNetwork_IsRefused()
    {
        using var server = new TcpListener(IPAddress.Loopback, 0);
        using var secret = new TcpListener(IPAddress.Loopback, 0);
        server.Start();
        secret.Start();
        var answering = RedirectAsync(server, $"http://127.0.0.1:{((IPEndPoint)secret.LocalEndpoint).Port}/secret");
        using var http = GuardedHttp.Create(allow: ["localhost"]); // stands for a public host here

        await Assert.ThrowsAnyAsync<HttpRequestException>(() => http.GetAsync($"http://localhost:{((IPEndPoint)server.LocalEndpoint).Port}/"));

        await answering;
        Assert.False(secret.Pending());
    }

    private static async Task RedirectAsync(TcpListener server, string location)
    {
        using var client = await server.AcceptTcpClientAsync();
        var stream = client.GetStream();
        _ = await stream.ReadAsync(new byte[4096]);
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 302 Found\r\nLocation: {location}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"));
    }
}
