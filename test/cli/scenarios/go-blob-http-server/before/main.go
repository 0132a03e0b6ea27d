package main

import (
	"log"
	"net/http"

	"github.com/Azure/azure-sdk-for-go/sdk/storage/azblob"
)

const connectionString = "DefaultEndpointsProtocol=https;AccountName=contosophotos;AccountKey=@@storageAccountKey@@;EndpointSuffix=core.windows.net"

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
	blobs, err := azblob.NewClientFromConnectionString(connectionString, nil)
	if err != nil {
		log.Fatalf("open storage: %v", err)
	}
	s := &server{blobs: blobs}
	http.HandleFunc("PUT /{name}", s.upload)
	log.Fatal(http.ListenAndServe(":8080", nil))
}
