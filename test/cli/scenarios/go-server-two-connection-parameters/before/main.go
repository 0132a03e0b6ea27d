package main

import (
	"context"
	"fmt"
	"log"
	"net/http"
	"os"

	"github.com/Azure/azure-sdk-for-go/sdk/messaging/azservicebus"
	"github.com/Azure/azure-sdk-for-go/sdk/storage/azblob"
)

type server struct {
	blobs *azblob.Client
	bus   *azservicebus.Client
}

func newServer(storageConn, busConn string) (*server, error) {
	blobs, err := azblob.NewClientFromConnectionString(storageConn, nil)
	if err != nil {
		return nil, fmt.Errorf("blobs: %w", err)
	}
	bus, err := azservicebus.NewClientFromConnectionString(busConn, nil)
	if err != nil {
		return nil, fmt.Errorf("bus: %w", err)
	}
	return &server{blobs: blobs, bus: bus}, nil
}

func main() {
	s, err := newServer(os.Getenv("PHOTO_API_STORAGE_CONN"), os.Getenv("PHOTO_API_BUS_CONN"))
	if err != nil {
		log.Fatal(err)
	}
	http.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		_, _ = s.blobs.UploadBuffer(context.Background(), "photos", "a", []byte("x"), nil)
	})
	log.Fatal(http.ListenAndServe(":8080", nil))
}
