using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace PlainPlugin;

public sealed class TextEndpoint : PlainServer
{
    protected override void Map(WebApplication app) => app.MapGet("/", () => "text");
}

public sealed class JsonEndpoint : PlainServer
{
    protected override void Map(WebApplication app) => app.MapGet("/", () => new Message("text"));
}

public sealed class SourceGeneratedJsonEndpoint : PlainServer
{
    protected override void Add(WebApplicationBuilder builder) =>
        builder.Services.ConfigureHttpJsonOptions(json => json.SerializerOptions.TypeInfoResolver = MessageContext.Default);

    protected override void Map(WebApplication app) => app.MapGet("/", () => new Message("text"));
}

public sealed class ParameterEndpoint : PlainServer
{
    protected override void Add(WebApplicationBuilder builder) => builder.Services.AddSingleton(new Message("text"));

    protected override void Map(WebApplication app) => app.MapGet("/", (Message message) => message.Text);
}

public sealed class ContextEndpoint : PlainServer
{
    protected override void Add(WebApplicationBuilder builder) => builder.Services.AddSingleton(new Message("text"));

    protected override void Map(WebApplication app) =>
        app.MapGet("/", (HttpContext context) => context.Response.WriteAsync(context.RequestServices.GetRequiredService<Message>().Text));
}
