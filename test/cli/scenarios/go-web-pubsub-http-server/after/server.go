package stock

import (
	"log/slog"
	"net/http"

	"github.com/Azure/azure-sdk-for-go/sdk/azidentity"
	"github.com/Azure/azure-sdk-for-go/sdk/messaging/azwebpubsub"
)

// Server tells browsers where to listen for prices.
type Server struct {
	prices *azwebpubsub.Client
}

// New opens the service.
func New() (*Server, error) {
	cred, err := azidentity.NewDefaultAzureCredential(nil)
	if err != nil {
		return nil, err
	}
	prices, err := azwebpubsub.NewClient("https://contoso-stock.webpubsub.azure.com/", cred, nil)
	if err != nil {
		return nil, err
	}
	return &Server{prices: prices}, nil
}

func (s *Server) negotiate(w http.ResponseWriter, r *http.Request) {
	access, err := s.prices.GenerateClientAccessURL(r.Context(), "prices", &azwebpubsub.GenerateClientAccessURLOptions{UserID: r.PathValue("user")})
	if err != nil {
		slog.Error("negotiate", "error", err)
		http.Error(w, "no access", http.StatusBadGateway)
		return
	}
	http.Redirect(w, r, access.URL, http.StatusSeeOther)
}
