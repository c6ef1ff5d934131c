using NetFrameworkParent;

// A program of .NET Framework that opens a page of ASP.NET Core by its add-in.
var addIn = new PageAddIn(args[0]);
using var client = new HttpClient { BaseAddress = addIn.Open() };
Console.WriteLine(client.GetStringAsync("/").GetAwaiter().GetResult());
Console.WriteLine(addIn.Close());
