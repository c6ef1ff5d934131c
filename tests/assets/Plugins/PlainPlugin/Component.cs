using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.DependencyInjection;

namespace PlainPlugin;

public sealed class ComponentServer : PlainServer
{
    protected override void Add(WebApplicationBuilder builder) => builder.Services.AddRazorComponents();

    protected override void Map(WebApplication app) => app.MapGet("/", () => new RazorComponentResult<MessageComponent>());
}
