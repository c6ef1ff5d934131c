using MinimalApp;

App.Build(args).Run();

/// <summary>Where WebApplicationFactory finds the program.</summary>
public partial class Program;
