package main

import (
	"context"
	"log"
	"os"

	"github.com/Azure/azure-sdk-for-go/sdk/storage/azblob"
)

func connectionString() string {
	return "DefaultEndpointsProtocol=https;AccountName=contosophotos;AccountKey=@@storageAccountKey@@;EndpointSuffix=core.windows.net"
}

func main() {
	client, err := azblob.NewClientFromConnectionString(connectionString(), nil)
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
