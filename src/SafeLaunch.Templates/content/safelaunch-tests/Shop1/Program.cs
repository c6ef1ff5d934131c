var builder = WebApplication.CreateBuilder(args);
var app = builder.Build();
app.MapGet("/", () => "Hello from Shop1");
app.Run();
#if (Framework == "net8.0")

// The tests name this type.
public partial class Program;
#endif
