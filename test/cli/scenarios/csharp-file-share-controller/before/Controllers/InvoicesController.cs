using Azure.Storage.Files.Shares;
using Microsoft.AspNetCore.Mvc;

namespace Contoso.Invoices.Controllers;

[ApiController]
[Route("invoices")]
public class InvoicesController : ControllerBase
{
    private static readonly ShareClient Share =
        new("DefaultEndpointsProtocol=https;AccountName=contosofiles;AccountKey=@@storageAccountKey@@;EndpointSuffix=core.windows.net", "invoices");

    [HttpGet("{name}")]
    public async Task<IActionResult> Get(string name)
    {
        var file = Share.GetRootDirectoryClient().GetFileClient(name);
        return File(await file.OpenReadAsync(), "application/pdf");
    }
}
