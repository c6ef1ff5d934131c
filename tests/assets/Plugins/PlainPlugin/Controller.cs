using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.DependencyInjection;

namespace PlainPlugin;

public sealed class ControllerServer : PlainServer
{
    protected override void Add(WebApplicationBuilder builder) =>
        builder.Services.AddControllers().AddApplicationPart(typeof(ControllerServer).Assembly);

    protected override void Map(WebApplication app) => app.MapControllers();
}

[ApiController]
[Route("/")]
public sealed class MessageController : ControllerBase
{
    [HttpGet]
    public ContentResult Get() => this.Content("text");
}
