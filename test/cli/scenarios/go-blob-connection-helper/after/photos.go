package main

import (
	"context"
	"log"
	"os"

	"github.com/Azure/azure-sdk-for-go/sdk/azidentity"
	"github.com/Azure/azure-sdk-for-go/sdk/storage/azblob"
)

func main() {
	cred, err := azidentity.NewDefaultAzureCredential(nil)
	if err != nil {
		log.Fatal(err)
	}
	client, err := azblob.NewClient("https://contosophotos.blob.core.windows.net", cred, nil)
	if err != nil {
		log.Fatal(err)
	}
	photo, err := os.ReadFile("photo.jpg")
	if err != nil {
		log.Fatal(err)
	}
	if _, err := client.UploadBuffer(context.Background(), "photos", "photo.jpg", photo, nil); err != nil {
		log.Fatal(err)
	}
}
