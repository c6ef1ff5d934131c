using LaunchPlugin;
using Microsoft.AspNetCore.Builder;

FilesPlugin.Run(new WebApplicationOptions { Args = args });
