package main

import (
	"log"
	"net/http"

	"github.com/Azure/azure-sdk-for-go/sdk/azidentity"
	"github.com/Azure/azure-sdk-for-go/sdk/storage/azblob"
)

type server struct {
	blobs *azblob.Client
}

func (s *server) upload(w http.ResponseWriter, r *http.Request) {
	if _, err := s.blobs.UploadStream(r.Context(), "photos", r.PathValue("name"), r.Body, nil); err != nil {
		http.Error(w, err.Error(), http.StatusBadGateway)
		return
	}
	w.WriteHeader(http.StatusCreated)
}

func main() {
	cred, err := azidentity.NewDefaultAzureCredential(nil)
	if err != nil {
		log.Fatalf("cannot get an Azure credential: %v", err)
	}
	blobs, err := azblob.NewClient("https://contosophotos.blob.core.windows.net", cred, nil)
	if err != nil {
		log.Fatalf("open storage: %v", err)
	}
	s := &server{blobs: blobs}
	http.HandleFunc("PUT /{name}", s.upload)
	log.Fatal(http.ListenAndServe(":8080", nil))
}
