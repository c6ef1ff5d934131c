using System.Net;

namespace SafeLaunch;

/// <summary>
/// Follows redirects by the rules of <see cref="SocketsHttpHandler"/>, which itself would send the token and the user of one server to the next.
/// </summary>
internal static class Redirects
{
    /// <summary>Takes the redirects over from the handler.</summary>
    /// <returns>How many it would follow.</returns>
    public static int TakeOver(SocketsHttpHandler handler)
    {
        var most = handler.AllowAutoRedirect ? handler.MaxAutomaticRedirections : 0;
        handler.AllowAutoRedirect = false;
        return most;
    }

    /// <summary>Makes the request one for the other address, without its authorization.</summary>
    /// <returns>False if the answer leads nowhere; it is disposed of otherwise.</returns>
    public static bool TryFollow(HttpRequestMessage request, HttpResponseMessage response)
    {
        if (TargetOf(request.RequestUri!, response) is not { } target)
        {
            return false;
        }

        if (BecomesGet(response.StatusCode, request.Method))
        {
            request.Method = HttpMethod.Get;
            request.Content = null;
            if (request.Headers.TransferEncodingChunked == true)
            {
                request.Headers.TransferEncodingChunked = false;
            }
        }

        request.Headers.Authorization = null;
        request.RequestUri = target;
        response.Dispose();
        return true;
    }

    private static Uri? TargetOf(Uri address, HttpResponseMessage response)
    {
        if (!IsRedirect(response.StatusCode) || response.Headers.Location is not { } location)
        {
            return null;
        }

        var target = new Uri(address, location);
        if (target.Fragment.Length == 0 && address.Fragment.Length > 0)
        {
            target = new UriBuilder(target) { Fragment = address.Fragment }.Uri;
        }

        // Neither to another protocol nor from https to http.
        return target.Scheme is "https" || (target.Scheme is "http" && address.Scheme is "http") ? target : null;
    }

    private static bool IsRedirect(HttpStatusCode status) => status
        is HttpStatusCode.MultipleChoices
        or HttpStatusCode.MovedPermanently
        or HttpStatusCode.Found
        or HttpStatusCode.SeeOther
        or HttpStatusCode.TemporaryRedirect
        or HttpStatusCode.PermanentRedirect;

    private static bool BecomesGet(HttpStatusCode status, HttpMethod method) => status switch
    {
        HttpStatusCode.MultipleChoices or HttpStatusCode.MovedPermanently or HttpStatusCode.Found => method == HttpMethod.Post,
        HttpStatusCode.SeeOther => method != HttpMethod.Get && method != HttpMethod.Head,
        _ => false,
    };
}
