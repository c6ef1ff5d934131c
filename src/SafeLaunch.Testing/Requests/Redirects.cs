using System.Net;

namespace SafeLaunch.Requests;

/// <summary>
/// Follows redirects in place of <see cref="SocketsHttpHandler"/>, and by its rules: that would send to another server what is meant for the first.
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

    /// <summary>Makes the request the one that the answer asks for.</summary>
    /// <returns>False if the answer asks for none.</returns>
    public static bool TryFollow(HttpRequestMessage request, HttpResponseMessage answer)
    {
        if (FindTarget(request.RequestUri!, answer) is not { } target)
        {
            return false;
        }

        request.RequestUri = target;
        request.Headers.Authorization = null;
        if (BecomesGet(request.Method, answer.StatusCode))
        {
            request.Method = HttpMethod.Get;
            request.Content = null;
            if (request.Headers.TransferEncodingChunked is true)
            {
                request.Headers.TransferEncodingChunked = false;
            }
        }

        return true;
    }

    private static Uri? FindTarget(Uri from, HttpResponseMessage answer)
    {
        var isRedirect = answer.StatusCode is HttpStatusCode.MultipleChoices or HttpStatusCode.MovedPermanently or HttpStatusCode.Found
            or HttpStatusCode.SeeOther or HttpStatusCode.TemporaryRedirect or HttpStatusCode.PermanentRedirect;
        if (!isRedirect || answer.Headers.Location is not { } location)
        {
            return null;
        }

        var target = new Uri(from, location);
        if (target.Fragment.Length == 0 && from.Fragment.Length > 0)
        {
            target = new UriBuilder(target) { Fragment = from.Fragment }.Uri;
        }

        var isSafe = target.Scheme is "https" || (target.Scheme is "http" && from.Scheme is "http");
        return isSafe ? target : null;
    }

    private static bool BecomesGet(HttpMethod method, HttpStatusCode status) => status switch
    {
        HttpStatusCode.MultipleChoices or HttpStatusCode.MovedPermanently or HttpStatusCode.Found => method == HttpMethod.Post,
        HttpStatusCode.SeeOther => method != HttpMethod.Get && method != HttpMethod.Head,
        _ => false,
    };
}
