"""The graph on a web page of this machine: ``kg serve``. ``kg.serving.app`` describes its JSON API."""
