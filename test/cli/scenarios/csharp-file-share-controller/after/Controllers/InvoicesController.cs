using System;
using Azure.Identity;
using Azure.Storage.Files.Shares;
using Azure.Storage.Files.Shares.Models;
using Microsoft.AspNetCore.Mvc;

namespace Contoso.Invoices.Controllers;

[ApiController]
[Route("invoices")]
public class InvoicesController : ControllerBase
{
    private static readonly ShareClient Share =
        new(new Uri("https://contosofiles.file.core.windows.net/invoices"), new DefaultAzureCredential(), new ShareClientOptions { ShareTokenIntent = ShareTokenIntent.Backup });

    [HttpGet("{name}")]
    public async Task<IActionResult> Get(string name)
    {
        var file = Share.GetRootDirectoryClient().GetFileClient(name);
        return File(await file.OpenReadAsync(), "application/pdf");
    }
}
