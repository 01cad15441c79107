using System.Text.Json;
using Hub.Abstractions;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace Hub.Server.Http;

/// <summary>Validates bearer tokens: signature, issuer, audience and time, with the keys of a file or of an OpenID provider.</summary>
/// <remarks>Only algorithms with a public key are taken: none whose key the verifier could sign with, and not <c>none</c>.</remarks>
internal sealed class TokenCheck
{
    private const int MaxTokenChars = 16 * 1024;
    private static readonly TimeSpan s_skew = TimeSpan.FromMinutes(1);
    private static readonly string[] s_algorithms =
    [
        SecurityAlgorithms.RsaSha256, SecurityAlgorithms.RsaSha384, SecurityAlgorithms.RsaSha512,
        SecurityAlgorithms.RsaSsaPssSha256, SecurityAlgorithms.RsaSsaPssSha384, SecurityAlgorithms.RsaSsaPssSha512,
        SecurityAlgorithms.EcdsaSha256, SecurityAlgorithms.EcdsaSha384, SecurityAlgorithms.EcdsaSha512,
    ];

    private readonly JsonWebTokenHandler _handler = new() { MapInboundClaims = false, MaximumTokenSizeInBytes = MaxTokenChars };
    private readonly TokenValidationParameters _parameters;
    private readonly JwtOptions _options;

    /// <exception cref="HubException">The options are not enough to validate a token, or the file with keys cannot be read.</exception>
    public TokenCheck(JwtOptions options, TimeProvider time)
    {
        _options = options;
        if (string.IsNullOrEmpty(options.Audience))
            throw new HubException("general.front_end.jwt.audience is missing: tokens that were issued for another service would be taken.");
        _parameters = new TokenValidationParameters
        {
            ValidAudience = options.Audience,
            ValidIssuer = options.Issuer,
            ValidAlgorithms = s_algorithms,
            RequireExpirationTime = true,
            RequireSignedTokens = true,
            LifetimeValidator = (from, to, _, _) => IsNow(from, to, time.GetUtcNow().UtcDateTime),
        };
        if (options.JwksFile is { Length: > 0 } file)
        {
            if (string.IsNullOrEmpty(options.Issuer))
                throw new HubException("general.front_end.jwt.issuer is missing: with a file of keys it says whose tokens are taken.");
            _parameters.IssuerSigningKeys = Keys(file);
        }
        else if (Uri.TryCreate(options.Authority, UriKind.Absolute, out var authority) && (authority.Scheme == Uri.UriSchemeHttps || authority.IsLoopback))
        {
            _parameters.ConfigurationManager = new ConfigurationManager<OpenIdConnectConfiguration>(
                $"{options.Authority!.TrimEnd('/')}/.well-known/openid-configuration", new OpenIdConnectConfigurationRetriever(), new HttpDocumentRetriever { RequireHttps = !authority.IsLoopback });
        }
        else
        {
            throw new HubException("general.front_end.jwt needs 'authority' (an https address) or 'jwks_file'.");
        }
    }

    /// <summary>Who shows a token; null where it is not good.</summary>
    public async Task<Caller?> CheckAsync(string token)
    {
        if (token.Length > MaxTokenChars || token.Count(c => c == '.') != 2)
            return null;
        var result = await _handler.ValidateTokenAsync(token, _parameters);
        if (!result.IsValid || UserIds.FromClaims(JsonSerializer.SerializeToElement(result.Claims.Where(c => c.Value is string).ToDictionary(c => c.Key, c => (string)c.Value))) is not { } user)
            return null;
        var tenant = result.Claims.TryGetValue(_options.TenantClaim, out var named) ? named as string : null;
        return new Caller(tenant, user, $"jwt:{tenant}:{user}", IsVerified: true);
    }

    private static bool IsNow(DateTime? from, DateTime? to, DateTime now) => to is { } end && now <= end + s_skew && (from is not { } begin || now >= begin - s_skew);

    private static IList<SecurityKey> Keys(string file)
    {
        try
        {
            var keys = new JsonWebKeySet(File.ReadAllText(file)).GetSigningKeys();
            return keys.Count > 0 ? keys : throw new HubException($"{file} has no keys that sign. A JSON Web Key Set with public keys is needed.");
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new HubException($"general.front_end.jwt.jwks_file: {file} cannot be read: {unreadable.Message}", unreadable);
        }
    }
}
