using Microsoft.AspNetCore.Http;

namespace SafeLaunch.Guarding;

/// <summary>Why a request is refused, for the sender and for the log. It names nothing of the app.</summary>
/// <param name="Status">The status code of the answer.</param>
/// <param name="Rule">The name of the rule.</param>
/// <param name="Reason">A sentence for both.</param>
/// <param name="Remedy">A sentence for the developer, who may have meant it to be let in.</param>
internal sealed record Refusal(int Status, string Rule, string Reason, string Remedy)
{
    public static readonly Refusal Host = new(
        StatusCodes.Status421MisdirectedRequest,
        "Host",
        "The Host header of the request is not a name of this server.",
        "If the server is meant to be reached by that name, add it to AllowedHosts of GuardAccess.");

    public static readonly Refusal Origin = new(
        StatusCodes.Status403Forbidden,
        "Origin",
        "A page of another origin sent the request.",
        "If that page is meant to send requests, add its origin to AllowedOrigins of GuardAccess. If it is a sign-in page that posts back its form, add the path to Exempt.");

    public static readonly Refusal Frame = new(
        StatusCodes.Status403Forbidden,
        "Frame",
        "A page of another origin shows this server in a frame.",
        "If that page is meant to do so, add its origin to AllowedOrigins of GuardAccess.");

    public static readonly Refusal Token = new(
        StatusCodes.Status401Unauthorized,
        "Token",
        "The request does not bring the token of this launch.",
        "Open the address that handle.GetAccessUri() returns, send handle.GetAccessToken() as Authorization: Bearer, or add the path to Exempt of GuardAccess.");

    /// <summary>For people who look at the answer.</summary>
    public string Text => $"{this.Status}: the guard of SafeLaunch refused this request by its rule {this.Rule}. {this.Reason} The log says how to let it in.\n";
}
