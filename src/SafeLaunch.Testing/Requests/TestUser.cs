using System.Security.Claims;

namespace SafeLaunch.Requests;

/// <summary>The user that a test has signed in for a request; a feature of it.</summary>
/// <param name="Principal">The user.</param>
internal sealed record TestUser(ClaimsPrincipal Principal);
