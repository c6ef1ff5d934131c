namespace LegacyProgram;

public sealed class Startup
{
#pragma warning disable CA1822 // The host calls it of an instance.
    public void ConfigureServices(IServiceCollection services) => services.AddHostedService<Ledger>();

    public void Configure(IApplicationBuilder app) => app.Run(context =>
        context.Response.WriteAsync(app.ApplicationServices.GetRequiredService<IConfiguration>()["Greeting"] ?? "served"));
#pragma warning restore CA1822
}
