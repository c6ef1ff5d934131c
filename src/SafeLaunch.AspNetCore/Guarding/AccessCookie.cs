namespace SafeLaunch.Guarding;

/// <summary>The cookie by which a browser brings the token of a launch.</summary>
internal sealed record AccessCookie(string Name, string Value);
