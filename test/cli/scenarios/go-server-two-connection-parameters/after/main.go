package main

import (
	"context"
	"fmt"
	"log"
	"net/http"
	"os"

	"github.com/Azure/azure-sdk-for-go/sdk/azidentity"
	"github.com/Azure/azure-sdk-for-go/sdk/messaging/azservicebus"
	"github.com/Azure/azure-sdk-for-go/sdk/storage/azblob"
)

type server struct {
	blobs *azblob.Client
	bus   *azservicebus.Client
}

func newServer(blobEndpoint, fullyQualifiedNamespace string) (*server, error) {
	cred, err := azidentity.NewDefaultAzureCredential(nil)
	if err != nil {
		return nil, fmt.Errorf("cannot get an Azure credential: %w", err)
	}
	blobs, err := azblob.NewClient(blobEndpoint, cred, nil)
	if err != nil {
		return nil, fmt.Errorf("blobs: %w", err)
	}
	bus, err := azservicebus.NewClient(fullyQualifiedNamespace, cred, nil)
	if err != nil {
		return nil, fmt.Errorf("bus: %w", err)
	}
	return &server{blobs: blobs, bus: bus}, nil
}

func main() {
	s, err := newServer(os.Getenv("AZURE_STORAGE_BLOB_ENDPOINT"), os.Getenv("AZURE_SERVICEBUS_FULLY_QUALIFIED_NAMESPACE"))
	if err != nil {
		log.Fatal(err)
	}
	http.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		_, _ = s.blobs.UploadBuffer(context.Background(), "photos", "a", []byte("x"), nil)
	})
	log.Fatal(http.ListenAndServe(":8080", nil))
}
