using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace SafeLaunch.Requests;

/// <summary>The app's authentication, which succeeds, under each scheme, for a request whose user a test has signed in.</summary>
internal sealed class TestAuthentication(IAuthenticationService inner) : IAuthenticationService
{
    /// <summary>Puts it around the app's authentication. An app that has none reads the user of the request alone.</summary>
    public static void AddTo(IServiceCollection services)
    {
        for (var i = 0; i < services.Count; i++)
        {
            if (services[i] is { IsKeyedService: false } service && service.ServiceType == typeof(IAuthenticationService))
            {
                services[i] = ServiceDescriptor.Describe(typeof(IAuthenticationService), provider => new TestAuthentication(Make(provider, service)), service.Lifetime);
            }
        }
    }

    public Task<AuthenticateResult> AuthenticateAsync(HttpContext context, string? scheme) =>
        context.Features.Get<TestUser>() is { } user
            ? Task.FromResult(AuthenticateResult.Success(new(user.Principal, scheme ?? TestUsers.SchemeName)))
            : inner.AuthenticateAsync(context, scheme);

    public Task ChallengeAsync(HttpContext context, string? scheme, AuthenticationProperties? properties) => inner.ChallengeAsync(context, scheme, properties);

    public Task ForbidAsync(HttpContext context, string? scheme, AuthenticationProperties? properties) => inner.ForbidAsync(context, scheme, properties);

    public Task SignInAsync(HttpContext context, string? scheme, ClaimsPrincipal principal, AuthenticationProperties? properties) =>
        inner.SignInAsync(context, scheme, principal, properties);

    public Task SignOutAsync(HttpContext context, string? scheme, AuthenticationProperties? properties) => inner.SignOutAsync(context, scheme, properties);

    private static IAuthenticationService Make(IServiceProvider provider, ServiceDescriptor service) => (IAuthenticationService)(
        service.ImplementationInstance
        ?? service.ImplementationFactory?.Invoke(provider)
        ?? ActivatorUtilities.CreateInstance(provider, service.ImplementationType!));
}
