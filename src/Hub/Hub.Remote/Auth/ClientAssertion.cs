using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Hub.Abstractions;

namespace Hub.Remote.Auth;

/// <summary>A signed statement of who a client is, in place of a secret. Source: RFC 7523, section 2.2, and RFC 7515.</summary>
internal static class ClientAssertion
{
    private const int Lifetime = 300; // seconds

    /// <summary>The form fields of it.</summary>
    /// <exception cref="HubException">The key is none that can sign.</exception>
    public static IEnumerable<KeyValuePair<string, string>> Fields(string clientId, string audience, string pem, DateTimeOffset now) =>
    [
        new("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"),
        new("client_assertion", Sign(clientId, audience, pem, now)),
    ];

    private static string Sign(string clientId, string audience, string pem, DateTimeOffset now)
    {
        var issued = now.ToUnixTimeSeconds();
        var claims = new { iss = clientId, sub = clientId, aud = audience, iat = issued, exp = issued + Lifetime, jti = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16)) };
        try
        {
            if (pem.Contains("RSA PRIVATE KEY", StringComparison.Ordinal) || !TryCurve(pem, out var curve))
            {
                using var rsa = RSA.Create();
                rsa.ImportFromPem(pem);
                return Joined("RS256", claims, bytes => rsa.SignData(bytes, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));
            }

            using (curve)
                return Joined("ES256", claims, bytes => curve.SignData(bytes, HashAlgorithmName.SHA256));
        }
        catch (Exception wrong) when (wrong is ArgumentException or CryptographicException)
        {
            throw new HubException("private_key is no private key in PEM, of RSA or of the curve P-256.", wrong);
        }
    }

    private static bool TryCurve(string pem, out ECDsa curve)
    {
        curve = ECDsa.Create();
        try
        {
            curve.ImportFromPem(pem);
            return true;
        }
        catch (CryptographicException)
        {
            curve.Dispose(); // it is a key of another kind
            return false;
        }
    }

    private static string Joined<T>(string algorithm, T claims, Func<byte[], byte[]> sign)
    {
        var text = $"{Part(new { alg = algorithm, typ = "JWT" })}.{Part(claims)}";
        return $"{text}.{Base64Url.EncodeToString(sign(Encoding.ASCII.GetBytes(text)))}";
    }

    private static string Part<T>(T value) => Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(value));
}
