using Microsoft.AspNetCore.Http.Features;

namespace SafeLaunch.Guarding;

/// <summary>The token or the one-time key in the address of a request, right or wrong.</summary>
internal sealed class AddressToken
{
    private const string Start = AccessToken.Parameter + "=";

    private AddressToken(string value) => this.Value = value;

    public string Value { get; }

    /// <summary>Moves it from the address to a feature of the request, so that nothing that comes after this sees or logs it.</summary>
    public static void Hide(IFeatureCollection features)
    {
        if (features.Get<IHttpRequestFeature>() is not { QueryString.Length: > 0 } request || !request.QueryString.Contains(Start, StringComparison.Ordinal))
        {
            return;
        }

        (request.QueryString, var value) = Split(request.QueryString);
        if (value is not null)
        {
            features.Set(new AddressToken(value));
            if (request.RawTarget.IndexOf('?', StringComparison.Ordinal) is var query and >= 0)
            {
                request.RawTarget = request.RawTarget[..query] + Split(request.RawTarget[query..]).Remaining;
            }
        }
    }

    /// <param name="query">With its question mark.</param>
    private static (string Remaining, string? Value) Split(string query)
    {
        var parts = query[1..].Split('&');
        var rest = Array.FindAll(parts, part => !part.StartsWith(Start, StringComparison.Ordinal));
        return (
            rest.Length == 0 ? "" : $"?{string.Join('&', rest)}",
            Array.Find(parts, part => part.StartsWith(Start, StringComparison.Ordinal))?[Start.Length..]);
    }
}
